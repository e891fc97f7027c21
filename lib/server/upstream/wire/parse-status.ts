import "server-only";

import { reportableStatuses, type RolloutStatus } from "@/lib/domain/rollout-status";

import { parseName } from "./parse-text";

/** Words that mean a published status without being one: the reference's own example says `complete`. */
const synonyms = new Map<string, RolloutStatus>([["complete", "done"]]);

/** A status in Rollcall's terms, and the word as it was reported. Every word not published is `unknown`. */
export function parseStatus(value: unknown): { status: RolloutStatus; reportedStatus: string | null } {
  const reportedStatus = parseName(value);
  const published = reportableStatuses.find((status) => status === reportedStatus);
  return { status: published ?? synonyms.get(reportedStatus ?? "") ?? "unknown", reportedStatus };
}
