import "server-only";

import type { DeploymentField, FieldHint } from "@/lib/domain/field-use";
import { reportableStatuses } from "@/lib/domain/rollout-status";

/** More replicas than an endpoint has: a larger number is a time, an id or a size. */
const mostReplicas = 100_000;

const notCounts =
  /(^|_)(at|time|timestamp|seconds|ms|id|version|revision|generation|percent|priority|port)$|(At|Time|Id|Seconds|Ms|Version)$/;
const errors = /err(or|s|$)|fail|problem|exception/i;

/** The names that counts of replicas usually have elsewhere; the first that matches decides. */
const counts: readonly (readonly [RegExp, DeploymentField])[] = [
  [/unavail/i, "maxUnavailable"],
  [/updat|ready|done|complet|migrat|new/i, "updatedReplicas"],
  [/total|desired|target|size|all|^replicas?$|count$|num$/i, "totalReplicas"],
];

/**
 * What an unread field could be, from its name, outermost first, and its value; null if it does not look like a count,
 * a status or an error. It is a guess: nothing is read because of it.
 */
export function guessField(
  names: readonly string[],
  value: unknown,
): Pick<FieldHint, "looksLike" | "field"> | null {
  const name = names.at(-1) ?? "";
  if (isCount(value)) {
    if (notCounts.test(name)) return null;
    return { looksLike: "count", field: counts.find(([form]) => form.test(name))?.[1] ?? null };
  }
  if (typeof value !== "string" || value === "") return null;
  if (reportableStatuses.some((status) => status === value) || value === "complete")
    return { looksLike: "status", field: "status" };
  return names.some((each) => errors.test(each)) ? { looksLike: "error", field: "errorMessage" } : null;
}

function isCount(value: unknown): boolean {
  const number = typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 && number <= mostReplicas;
}
