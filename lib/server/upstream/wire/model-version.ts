import "server-only";

import type { ModelVersion } from "@/lib/domain/model-version";

import { unreadable } from "../failure";
import { pick, toObject } from "./fields";
import type { Parsed } from "./reply";
import { parseName } from "./values";

/*
 * The reference shows one version only, in an example: { name, done, response: { version_aliases, sync_status, … } }.
 * The shape of the list, and where a version says its number, are guesses.
 */

const spellings = {
  versions: ["model_versions", "modelVersions", "versions"],
  version: ["version_id", "versionId", "version", "id"],
  name: ["name", "model"],
  aliases: ["version_aliases", "versionAliases", "aliases"],
  syncStatus: ["sync_status", "syncStatus"],
} as const;

const mostVersions = 5_000;
const mostAliases = 100;

/** Parses a list of versions; entries that do not say their number are left out. Throws an UpstreamFailure without a list. */
export function parseVersions(json: unknown): Parsed<ModelVersion[]> {
  const object = toObject(json);
  const rows = object === null ? json : pick(object, spellings.versions);
  if (!Array.isArray(rows)) throw unreadable("no list of versions");
  return { report: rows.slice(0, mostVersions).flatMap((row) => toVersion(row) ?? []), unreadFields: [] };
}

/** Parses one version, which was asked for by its number or an alias. Throws an UpstreamFailure if it is not one. */
export function parseVersion(json: unknown, asked: string): Parsed<ModelVersion> {
  const isNumber = /^\d+$/.test(asked);
  const version = toVersion(json, isNumber ? asked : null);
  if (version === null) throw unreadable("not a version");
  const aliases = isNumber ? version.aliases : [...new Set([...(version.aliases ?? []), asked])];
  return { report: { ...version, aliases }, unreadFields: [] };
}

function toVersion(row: unknown, asked: string | null = null): ModelVersion | null {
  const object = toObject(row);
  if (object === null) {
    const version = toNumber(row);
    return version === null ? null : { version, aliases: null, syncStatus: null };
  }
  const response = toObject(object.get("response")) ?? object;
  const version =
    asked ??
    toNumber(pick(response, spellings.version)) ??
    toNumber(pick(response, spellings.name)) ??
    toNumber(pick(object, spellings.name));
  if (version === null) return null;
  const aliases = pick(response, spellings.aliases);
  return {
    version,
    aliases: Array.isArray(aliases)
      ? aliases.slice(0, mostAliases).flatMap((alias) => (typeof alias === "string" ? [alias] : []))
      : null,
    syncStatus: parseName(pick(response, spellings.syncStatus)),
  };
}

/** The number of a version, alone or at the end of `orgs/<org>/models/<arch>/versions/<n>`. */
function toNumber(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  return typeof value === "string" ? (/^(?:.*\/versions\/)?(\d{1,15})$/.exec(value)?.[1] ?? null) : null;
}
