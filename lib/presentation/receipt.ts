import { greatest } from "@/lib/domain/extremes";
import type { Instant } from "@/lib/domain/instant";
import { type RolloutDisplay } from "@/lib/domain/rollout-display";
import { isTerminal } from "@/lib/domain/rollout-status";

import { displayStateWord } from "./state-words";
import { countsText, countText } from "./count";
import { versionChange } from "./version";
import { formatLength } from "./duration";
import { utcText } from "./utc-text";
import { toVisibleText } from "./visible-text";

/** The contents of a receipt. */
export type Receipt = {
  endpointId: string;
  display: RolloutDisplay;
  previousVersion: string | null;
  /** Replicas that are guaranteed to serve now, and that were at the lowest; null: not reported. */
  guaranteed: number | null;
  lowestGuaranteed: number | null;
  /** What Rollcall concludes about it, as sentences. */
  conclusions: readonly string[];
  /** The last good observation: the “as of” of a rollout that has not ended. */
  observedAt: Instant;
  /** Address of the rollout's permanent page. */
  link: string;
};

/**
 * A rollout in Markdown, for a pull request or an incident note. Text from outside cannot form markup or mention
 * people; an error message is in a code block that it cannot end.
 */
export function toReceipt({
  endpointId,
  display,
  previousVersion,
  guaranteed,
  lowestGuaranteed,
  conclusions,
  observedAt,
  link,
}: Receipt): string {
  const facts = [
    `Outcome: ${outcome(display)}`,
    `Started: ${utcText(display.startedAt, "second")}`,
    display.endedAt === null
      ? isTerminal(display.status)
        ? null
        : `As of: ${utcText(observedAt, "second")}`
      : `Ended: ${utcText(display.endedAt, "second")}, after ${formatLength(display.endedAt - display.startedAt)}`,
    ...conclusions.map(plainSentence),
    guaranteed === null || isTerminal(display.status) ? null : `Guaranteed replicas now: ${guaranteed}`,
    `Lowest guaranteed replicas: ${countText(lowestGuaranteed)}`,
    `[Full history in Rollcall](<${link}>)`,
  ].filter((fact) => fact !== null);
  return [
    `**${plain(endpointId)}: ${plain(versionChange(previousVersion, display.version))}**`,
    "",
    ...facts.map((fact) => `- ${fact}`),
    ...(display.errorMessage === null ? [] : ["", "Error message:", "", ...codeBlock(display.errorMessage)]),
    "",
  ].join("\n");
}

/** A sentence of Rollcall's own, which has no markup but may name a version. */
function plainSentence(sentence: string): string {
  return plain(sentence).replace(/\.$/, "");
}

function outcome(display: RolloutDisplay): string {
  const { displayState, reportedStatus, updatedReplicas: updated, totalReplicas: total } = display;
  const own = displayState === "unknown" && reportedStatus !== null ? ` (${plain(reportedStatus)})` : "";
  const counts =
    updated === null && total === null
      ? "no replica counts reported"
      : `${countsText(display)} replicas updated`;
  return `${displayStateWord(displayState).toLowerCase()}${own}, ${counts}`;
}

/** One line of text without Markdown syntax. */
function plain(text: string): string {
  return toVisibleText(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]()<>#+!|~&:/]/g, "\\$&")
    .replaceAll("@", "&#64;");
}

function codeBlock(text: string): string[] {
  const runs = text.match(/`+/g) ?? [];
  const backticks = "`".repeat(Math.max(3, (greatest(runs.map(({ length }) => length)) ?? 0) + 1));
  return [backticks, toVisibleText(text), backticks];
}
