import type { Condition } from "@/lib/domain/condition";

import { formatDuration } from "./duration";
import { overlapDetail, overlapSentence } from "./overlap-words";
import { usualTimeText } from "./time-left-words";
import { rangeText } from "./time-range";

/** A condition as a sentence, as of the last good observation. */
export function conditionSentence(condition: Condition): string {
  switch (condition.code) {
    case "stalled": {
      const usual = usualText(condition);
      return `${idleWords(condition)} ${formatDuration(condition.idleFor)}${usual === null ? "" : `; ${usual}`}.`;
    }
    case "late":
      return `${formatDuration(condition.by)} over ${usualTimeText(condition.usual)}.`;
    case "regressing":
      return `Replicas are going backwards: ${condition.updated} updated now, ${condition.peak} before, while Cerebras still reports it as in progress. A rollback may have begun, or updated replicas may have restarted.`;
    case "overlapping":
      return `${overlapSentence(condition.rollouts)} ${overlapDetail(condition.rollouts)}`;
  }
}

/** What is usual on this endpoint, as words within a sentence; null without evidence. */
export function usualText(condition: Condition): string | null {
  if (condition.code === "late") return usualTimeText(condition.usual);
  if (condition.code !== "stalled") return null;
  if (!condition.isCounted) return "the API reports no replica counts, so Rollcall judges by status and age";
  if (condition.usual === null) return null;
  const { low, high, phase, atOnce } = condition.usual;
  switch (phase) {
    case "first":
      return `here the first one usually moves after ${rangeText(low, high)}`;
    case "next":
      return atOnce <= 1
        ? `here one usually moves every ${rangeText(low, high)}`
        : `here about ${atOnce} usually move at once, every ${rangeText(low, high)}`;
    case "last":
      return `here the end usually comes ${rangeText(low, high)} after the last one`;
  }
}

function idleWords({ isCounted }: { isCounted: boolean }): string {
  return isCounted ? "No replica has moved for" : "Its status has been the same for";
}
