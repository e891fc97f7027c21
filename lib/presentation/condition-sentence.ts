import type { Condition } from "@/lib/domain/condition";

import { formatDuration } from "./duration";

/** A condition as a sentence, as of the last good observation. */
export function conditionSentence(condition: Condition): string {
  switch (condition.code) {
    case "stalled":
      return `No replica has moved for ${formatDuration(condition.idleFor)}. ${usually(condition.usualWait)}`;
    case "regressing":
      return `Replicas are going backwards: ${condition.updated} updated now, ${condition.peak} before, while the API still says in progress.`;
    case "overlapping": {
      const names = condition.others.map((version) => `v${version ?? "?"}`).join(", ");
      return `Another rollout is under way on this endpoint at the same time: ${names}.`;
    }
  }
}

function usually(wait: number | null): string {
  return wait === null
    ? "None has moved since Rollcall began to watch this rollout."
    : `Usually one moves every ${formatDuration(wait)}.`;
}
