import type { Incident } from "@/lib/domain/incident";
import type { Instant } from "@/lib/domain/instant";

import { tidy, type Sentence } from "./sentence-text";
import { toVisibleText } from "./visible-text";

/** Names are whole in the API and behind the link; here one line has to hold it. */
const mostInName = 80;

/** What was read on the status page, and since when it cannot be read any more, if it cannot. */
type Reported = {
  incidents: readonly Incident[];
  observedAt: Instant;
  cause: { since: Instant } | null;
};

/**
 * What the provider's status page reports, in a sentence about the worst of its open incidents (the first), and how old
 * that is. Null: none is open.
 */
export function incidentSentence(reported: Reported | undefined): Sentence | null {
  const { incidents, observedAt, cause } = reported ?? { incidents: [], observedAt: 0, cause: null };
  const [worst, ...others] = incidents;
  if (worst === undefined) return null;
  const since: Sentence = worst.startedAt === null ? [] : [" since ", { at: worst.startedAt }];
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  const age: Sentence =
    cause === null
      ? [" As of ", { at: observedAt }, "."]
      : [" As of ", { at: observedAt }, ": the status page cannot be read since ", { at: cause.since }, "."];
  return tidy([
    "Cerebras reports an incident",
    ...since,
    ": ",
    { quote: shorten(worst.name) },
    ` (${shorten(toVisibleText(worst.status))})${more}.`,
    ...age,
  ]);
}

function shorten(text: string): string {
  const oneLine = text.replaceAll(/\s+/g, " ").trim();
  return oneLine.length <= mostInName ? oneLine : `${oneLine.slice(0, mostInName - 1).toWellFormed()}…`;
}
