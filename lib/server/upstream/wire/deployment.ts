import "server-only";

import type { DeploymentReport, RolloutState } from "@/lib/domain/endpoint-report";
import type { Instant } from "@/lib/domain/instant";
import { reportableStatuses, type RolloutStatus } from "@/lib/domain/rollout-status";
import type { Warning } from "@/lib/domain/warning";

import { fieldSpellings, type JsonObject, pick, pickAll } from "./fields";
import { parseCount, parseInstant, parseMessage, parseName } from "./values";

const spellings = fieldSpellings.deployment;

/** Parses one entry of the deployed models, field by field; null if it has no id. */
export function parseDeployment(object: JsonObject, now: Instant): DeploymentReport | null {
  const deploymentId = parseName(pick(object, spellings.deploymentId));
  if (deploymentId === null || deploymentId === "") return null;
  const model = pick(object, spellings.model);
  const created = parseInstant(pick(object, spellings.createdAt), "The creation time", now);
  return {
    deploymentId,
    model: parseName(model),
    version: toVersion(model),
    versionAlias: parseName(pick(object, spellings.versionAlias)),
    createdAt: created.instant,
    state: parseState(object, created.warnings),
  };
}

function parseState(object: JsonObject, earlier: readonly Warning[]): RolloutState {
  const updated = parseCount(pick(object, spellings.updatedReplicas), "Updated replicas");
  const total = parseCount(pick(object, spellings.totalReplicas), "Total replicas");
  const unavailable = parseCount(pick(object, spellings.maxUnavailable), "Max unavailable");
  const message = parseMessage(pickAll(object, spellings.errorMessage), "The error message");
  return {
    ...parseStatus(pick(object, spellings.status)),
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
      ...message.warnings,
    ],
  };
}

function compareCounts(updated: number | null, total: number | null): Warning[] {
  if (total === 0) return [{ code: "total_is_zero", field: "Total replicas", value: "0" }];
  if (updated === null || total === null || updated <= total) return [];
  return [{ code: "updated_exceeds_total", field: "Updated replicas", value: `${updated} of ${total}` }];
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
