import "server-only";

import type { DeploymentReport, RolloutState } from "@/lib/domain/endpoint-report";
import type { DeploymentField } from "@/lib/domain/field-use";
import type { Instant } from "@/lib/domain/instant";
import { reportableStatuses, type RolloutStatus } from "@/lib/domain/rollout-status";
import type { Warning } from "@/lib/domain/warning";

import { findSource } from "./field-sources";
import { type DeploymentSpellings, type JsonObject, pickAll, valueAt } from "./fields";
import { parseCount, parseInstant, parseMessage, parseName, quote } from "./values";

/** Parses one entry of the deployed models, field by field; null if it has no id. */
export function parseDeployment(
  object: JsonObject,
  now: Instant,
  spellings: DeploymentSpellings,
): DeploymentReport | null {
  const value = (field: DeploymentField) => findSource(object, field, spellings)?.value ?? null;
  const deploymentId = parseName(value("deploymentId"));
  if (deploymentId === null || deploymentId === "") return null;
  const model = value("model");
  const created = parseInstant(value("createdAt"), "The creation time", now);
  return {
    deploymentId,
    model: parseName(model),
    version: toVersion(model),
    versionAlias: parseName(value("versionAlias")),
    createdAt: created.instant,
    state: parseState(object, spellings, created.warnings),
  };
}

function parseState(
  object: JsonObject,
  spellings: DeploymentSpellings,
  earlier: readonly Warning[],
): RolloutState {
  const value = (field: DeploymentField) => findSource(object, field, spellings)?.value ?? null;
  const updated = parseCount(value("updatedReplicas"), "Updated replicas");
  const total = parseCount(value("totalReplicas"), "Total replicas");
  const unavailable = parseCount(value("maxUnavailable"), "Max unavailable");
  const message = parseMessage(pickAll(object, spellings.errorMessage), "The error message");
  return {
    ...parseStatus(value("status")),
    updatedReplicas: updated.count,
    totalReplicas: total.count,
    maxUnavailable: unavailable.count,
    errorMessage: message.text,
    warnings: [
      ...earlier,
      ...updated.warnings,
      ...total.warnings,
      ...unavailable.warnings,
      ...compareCounts(updated.count, total.count),
      ...compareSpellings(object, spellings),
      ...message.warnings,
    ],
  };
}

function compareCounts(updated: number | null, total: number | null): Warning[] {
  if (total === 0) return [{ code: "total_is_zero", field: "Total replicas", value: "0" }];
  if (updated === null || total === null || updated <= total) return [];
  return [{ code: "updated_exceeds_total", field: "Updated replicas", value: `${updated} of ${total}` }];
}

const counted = {
  updatedReplicas: "Updated replicas",
  totalReplicas: "Total replicas",
  maxUnavailable: "Max unavailable",
} as const;

/** A count that is reported under two names, with different values. */
function compareSpellings(object: JsonObject, spellings: DeploymentSpellings): Warning[] {
  return (["updatedReplicas", "totalReplicas", "maxUnavailable"] as const).flatMap((field) => {
    const source = findSource(object, field, spellings);
    const [other] = source?.ignored ?? [];
    if (source === null || other === undefined) return [];
    const said = [source.spelling, other].map((name) => `${quote(valueAt(object, name))} in ${name}`);
    return [{ code: "spellings_differ", field: counted[field], value: said.join(", ") }];
  });
}

/** The last segment of `orgs/<org>/models/<arch>/versions/<n>`, from the full name: a shortened one would give another version. */
function toVersion(model: unknown): string | null {
  return typeof model === "string" ? parseName(/\/versions\/([^/]+)$/u.exec(model)?.[1]) : null;
}

/** Reported words that mean a documented status: the reference's own example says `complete`. */
const synonyms = new Map<string, RolloutStatus>([["complete", "done"]]);

/** The status, and the word as reported. A word that the reference does not document is `unknown`. */
function parseStatus(value: unknown): { status: RolloutStatus; reportedStatus: string | null } {
  const reportedStatus = parseName(value);
  const published = reportableStatuses.find((status) => status === reportedStatus);
  return { status: published ?? synonyms.get(reportedStatus ?? "") ?? "unknown", reportedStatus };
}
