import type { Condition } from "@/lib/domain/condition";

import { formatDuration } from "./duration";
import { versionName } from "./version";

/** A condition as a sentence, as of the last good observation. */
export function conditionSentence(condition: Condition): string {
  switch (condition.code) {
    case "stalled":
      return `No replica has moved for ${formatDuration(condition.idleFor)}. ${usually(condition.usualWait)}`;
    case "regressing":
      return `Replicas are going backwards: ${condition.updated} updated now, ${condition.peak} before, while the API still says in progress.`;
    case "overlapping": {
      const names = condition.others.map(otherName).join(", ");
      return `Another rollout is under way on this endpoint at the same time: ${names}.`;
    }
  }
}

function otherName(version: string | null): string {
  return version === null ? "one of an unknown version" : versionName(version);
}

function usually(wait: number | null): string {
  return wait === null
    ? "None has moved since Rollcall started watching this rollout."
    : `Usually one moves every ${formatDuration(wait)}.`;
}
