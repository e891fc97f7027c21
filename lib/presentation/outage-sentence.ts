import type { ViewerFreshness } from "@/lib/domain/connection";

import { tidy, type Sentence } from "./sentence-text";

/** Why the view is not live; null while it is. */
export function outageSentence(freshness: ViewerFreshness): Sentence | null {
  switch (freshness.state) {
    case "live":
      return freshness.observedAt === null ? ["Rollcall is taking its first look at this endpoint."] : null;
    case "delayed":
      return delayedSentence(freshness);
    case "blind":
      return ["Blind", ...sinceOf(freshness), ...reasonOf(freshness), ...retryOf(freshness)];
    case "cut_off":
      return ["Rollcall’s server has not answered", ...sinceOf(freshness), ".", ...retryOf(freshness)];
  }
}

function delayedSentence(freshness: ViewerFreshness): Sentence {
  if (freshness.observedAt !== null) {
    const reason = freshness.cause === null ? "" : ` ${withoutStop(freshness.cause.message)}.`;
    return tidy([
      "Delayed: last seen ",
      { since: freshness.observedAt },
      ` ago.${reason}`,
      ...retryOf(freshness),
    ]);
  }
  if (freshness.cause === null) return ["Rollcall is taking its first look at this endpoint."];
  return ["No poll has succeeded yet", ...reasonOf(freshness), ...retryOf(freshness)];
}

function sinceOf({ since }: ViewerFreshness): Sentence {
  return since === null ? [] : [" since ", { at: since }];
}

function reasonOf({ cause }: ViewerFreshness): Sentence {
  return cause === null ? ["."] : [`: ${withoutStop(cause.message)}.`];
}

function retryOf(freshness: ViewerFreshness): Sentence {
  const retry = retrySentence(freshness);
  return retry === null ? [] : [" ", ...retry, "."];
}

/**
 * When the next try is due: of the server, or of this browser while the server does not answer. Null: unknown. No stop
 * follows the countdown, so that nothing moves with it.
 */
export function retrySentence({ state, retryAt }: ViewerFreshness): Sentence | null {
  if (retryAt === null) return null;
  return [state === "cut_off" ? "Trying again " : "Next try ", { until: retryAt }];
}

function withoutStop(text: string): string {
  return text.replace(/\.\s*$/, "");
}
