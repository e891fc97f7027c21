import { formatDuration } from "./duration";
import { greatest } from "./extremes";
import type { Instant } from "./instant";
import { versionName, type RolloutNews } from "./rollout-news";
import { isTerminal } from "./rollout-status";
import { standingWord, toStanding } from "./standing";
import { toVisibleText } from "./visible-text";

/** What a receipt tells about one rollout. */
export type Receipt = {
  endpointId: string;
  news: RolloutNews;
  previousVersion: string | null;
  lowestGuaranteed: number | null;
  /** The last good observation: what has not ended is told as of this instant. */
  observedAt: Instant;
  /** Address of the rollout's permanent page. */
  link: string;
};

/**
 * A rollout in Markdown, made to be pasted into a pull request or an incident note. Text from outside
 * can neither form markup nor call anybody's name; an error message stands in a fence that it cannot end.
 */
export function toReceipt({
  endpointId,
  news,
  previousVersion,
  lowestGuaranteed,
  observedAt,
  link,
}: Receipt): string {
  const to = plain(versionName(news.version));
  const versions = previousVersion === null ? to : `${plain(versionName(previousVersion))} → ${to}`;
  const facts = [
    `Outcome: ${outcome(news)}`,
    `Started: ${utc(news.startedAt)}`,
    news.endedAt === null
      ? isTerminal(news.status)
        ? null
        : `As of: ${utc(observedAt)}`
      : `Ended: ${utc(news.endedAt)}, after ${exactDuration(news.endedAt - news.startedAt)}`,
    `Lowest guaranteed replicas: ${lowestGuaranteed ?? "not reported"}`,
    `[The whole course in Rollcall](<${link}>)`,
  ].filter((fact) => fact !== null);
  return [
    `**${plain(endpointId)}: ${versions}**`,
    "",
    ...facts.map((fact) => `- ${fact}`),
    ...(news.errorMessage === null ? [] : ["", "Error message:", "", ...fenced(news.errorMessage)]),
    "",
  ].join("\n");
}

function outcome(news: RolloutNews): string {
  const { reportedStatus, updatedReplicas: updated, totalReplicas: total } = news;
  const standing = toStanding(news);
  const own = standing === "unknown" && reportedStatus !== null ? ` (${plain(reportedStatus)})` : "";
  const counts =
    updated === null && total === null
      ? "no replica counts reported"
      : `${updated ?? "?"} of ${total ?? "?"} replicas updated`;
  return `${standingWord(standing).toLowerCase()}${own}, ${counts}`;
}

function exactDuration(duration: number): string {
  const seconds = Math.floor(duration / 1_000);
  return seconds >= 60 && seconds < 3_600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : formatDuration(duration);
}

function utc(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** One line of text that Markdown takes for nothing else. */
function plain(text: string): string {
  return toVisibleText(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]()<>#+!|~&:/]/g, "\\$&")
    .replaceAll("@", "&#64;");
}

function fenced(text: string): string[] {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(3, (greatest(runs.map(({ length }) => length)) ?? 0) + 1));
  return [fence, toVisibleText(text), fence];
}
