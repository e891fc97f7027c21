import "server-only";

import { isEndpointId } from "@/lib/domain/endpoint-id";
import type { DeploymentReport, EndpointReport, ListedEndpoint } from "@/lib/domain/endpoint-report";
import type { FieldUse } from "@/lib/domain/field-use";
import type { Instant } from "@/lib/domain/instant";
import type { Warning } from "@/lib/domain/warning";

import { unreadable, UpstreamFailure } from "../failure";
import { keepReply, type RawReply } from "../raw-reply";
import { parseDeployment } from "./deployment";
import { findFieldSources } from "./field-sources";
import { type DeploymentSpellings, fieldSpellings, type JsonObject, pick, toObject } from "./fields";
import { findUnreadFields } from "./unread-fields";
import { parseInstant, parseName, quote } from "./values";

/** A report, and how its reply was read: which fields nothing reads, and for endpoints where each field came from. */
export type Parsed<T> = { report: T; unreadFields: string[]; fieldUse?: FieldUse };

/** Parses the bytes of a reply into a report and keeps the raw reply beside it. Throws an UpstreamFailure. */
export function readReply<T>(
  bytes: Buffer,
  parse: (json: unknown) => Parsed<T>,
): { report: T; raw: RawReply } {
  const kept = keepReply(bytes, []);
  try {
    const { report, ...read } = parse(parseJson(bytes));
    return { report, raw: { ...kept, ...read } };
  } catch (error) {
    throw unreadable(error instanceof UpstreamFailure ? error.detail : "json", kept);
  }
}

/** TextDecoder drops a byte order mark, as RFC 8259 allows; JSON.parse would reject it. */
function parseJson(bytes: Buffer): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

const spellings = fieldSpellings.endpoint;
const listingSpellings = fieldSpellings.listing;

/** A list with thousands of broken entries gets this many warnings, not thousands. */
const mostWarnings = 20;

/**
 * Parses a status reply, whose deployments have their fields under these names. A field that cannot be read becomes null with a warning. Throws an UpstreamFailure when the
 * reply is not an object, has no field of an endpoint, or its deployments are not a list.
 */
export function parseEndpoint(
  json: unknown,
  endpointId: string,
  now: Instant,
  rowSpellings: DeploymentSpellings = fieldSpellings.deployment,
): Parsed<EndpointReport> {
  const object = toObject(json);
  if (object === null) throw unreadable("not an object");
  if (!isStatus(object)) throw unreadable("no field of an endpoint");
  const listed = pick(object, spellings.deployments) ?? [];
  if (!Array.isArray(listed)) throw unreadable("deployments are not a list");
  const { deployments, warnings } = parseDeployments(listed, now, rowSpellings);
  const created = parseInstant(pick(object, spellings.createdAt), "The creation time", now);
  const updated = parseInstant(pick(object, spellings.updatedAt), "The time of the update", now);
  const { unreadFields, hints } = findUnreadFields(json, spellings, rowSpellings);
  return {
    unreadFields,
    fieldUse: { sources: findFieldSources(listed, rowSpellings), hints },
    report: {
      endpointId,
      org: parseName(pick(object, spellings.org)),
      modelArch: parseName(pick(object, spellings.modelArch)),
      createdAt: created.instant,
      updatedAt: updated.instant,
      deployments,
      warnings: [
        ...compareNames(parseName(pick(object, spellings.name)), endpointId),
        ...created.warnings,
        // The other warning codes for instants are worded for a creation time.
        ...updated.warnings.filter(({ code }) => code === "unreadable_instant"),
        ...warnings,
      ],
    },
  };
}

/** An object with no known field must not be read as "all deployments were removed". */
function isStatus(object: JsonObject): boolean {
  return Object.values(spellings).some((names) => pick(object, names) !== null);
}

function parseDeployments(listed: readonly unknown[], now: Instant, rowSpellings: DeploymentSpellings) {
  const deployments = new Map<string, DeploymentReport>();
  const warnings: Warning[] = [];
  for (const item of listed) {
    const object = toObject(item);
    const deployment = object === null ? null : parseDeployment(object, now, rowSpellings);
    if (deployment === null) {
      warnings.push({ code: "unreadable_deployment", field: "deployed_models", value: quote(item) });
    } else if (deployments.has(deployment.deploymentId)) {
      warnings.push({ code: "duplicate_deployment", field: "id", value: deployment.deploymentId });
    } else {
      deployments.set(deployment.deploymentId, deployment);
    }
  }
  return { deployments: [...deployments.values()], warnings: warnings.slice(0, mostWarnings) };
}

function compareNames(name: string | null, endpointId: string): Warning[] {
  return name === null || name === endpointId ? [] : [{ code: "name_mismatch", field: "name", value: name }];
}

/**
 * Parses a listing reply. Rows without a valid endpoint id are skipped, duplicates are kept once. Throws an
 * UpstreamFailure when there is no list.
 */
export function parseListing(json: unknown, now: Instant = Date.now()): Parsed<ListedEndpoint[]> {
  const rows = pick(toObject(json) ?? new Map<string, unknown>(), listingSpellings.endpoints);
  if (!Array.isArray(rows)) throw unreadable("no list of endpoints");
  const endpoints = new Map<string, ListedEndpoint>();
  for (const row of rows) {
    const endpoint = parseRow(row, now);
    if (endpoint !== null && !endpoints.has(endpoint.endpointId))
      endpoints.set(endpoint.endpointId, endpoint);
  }
  return {
    report: [...endpoints.values()],
    unreadFields: findUnreadFields(json, { endpoints: listingSpellings.endpoints }, listingSpellings)
      .unreadFields,
  };
}

function parseRow(row: unknown, now: Instant): ListedEndpoint | null {
  const object = toObject(row);
  if (object === null) return null;
  const endpointId = parseName(pick(object, listingSpellings.endpointId));
  if (endpointId === null || !isEndpointId(endpointId)) return null;
  return {
    endpointId,
    org: parseName(pick(object, listingSpellings.org)),
    modelArch: parseName(pick(object, listingSpellings.modelArch)),
    updatedAt: parseInstant(pick(object, listingSpellings.updatedAt), "The time of the update", now).instant,
  };
}
