import type { Instant } from "@/lib/domain/instant";
import { type RolloutDisplay } from "@/lib/domain/rollout-display";

import { countsText } from "./count";
import { formatLength } from "./duration";
import { clause, shortened, type Tense } from "./rollout-clause";
import { tidy, type Sentence } from "./sentence-text";
import { versionName } from "./version";

const errorAtMost = 160;

/** What is happening to an endpoint's current rollout, as a colleague would say it, or what was when last seen. */
export function rolloutSentence(rollout: RolloutDisplay | null, tense: Tense = "now"): Sentence {
  if (rollout === null) return ["Nothing is deployed on this endpoint."];
  return tidy([capital(versionName(rollout.version)), " ", ...predicate(rollout, tense)]);
}

/** The last known state, in the past tense. */
export function lastKnownSentence(rollout: RolloutDisplay | null, observedAt: Instant | null): Sentence {
  if (observedAt === null) return ["Rollcall has not seen this endpoint yet."];
  const opening: Sentence = ["When last seen at ", { at: observedAt }, ", "];
  if (rollout === null) return [...opening, "nothing was deployed on it."];
  return tidy([...opening, versionName(rollout.version), " ", ...predicate(rollout, "then")]);
}

/** The API's error message on one line, cut to fit into a sentence; null where none is reported. */
export function errorSentence({ errorMessage }: RolloutDisplay): Sentence | null {
  if (errorMessage === null) return null;
  const line = errorMessage.trim().replaceAll(/\s+/g, " ");
  return ["It reports an error: ", { quote: shortened(line, errorAtMost) }, "."];
}

/** What follows the version's name. */
function predicate(rollout: RolloutDisplay, tense: Tense): Sentence {
  const verb = clause(rollout, tense);
  switch (rollout.displayState) {
    case "error":
      return [...verb, ...failedAt(rollout, tense)];
    case "incomplete":
      return [...verb, ...(rollout.errorMessage === null ? doneWith(rollout) : counted(rollout, tense))];
    default:
      return [...verb, ...counted(rollout, tense)];
  }
}

/** Reported as done with fewer replicas than the total. */
function doneWith(rollout: RolloutDisplay): Sentence {
  const took = tookText(rollout);
  return [` with ${countsText(rollout)} replicas updated${took === "" ? "" : `,${took}`}.`];
}

/** When it failed, and how far it had come. */
function failedAt({ endedAt, ...counts }: RolloutDisplay, tense: Tense): Sentence {
  const { updatedReplicas: updated, totalReplicas: total } = counts;
  const when: Sentence =
    tense === "then"
      ? []
      : endedAt === null
        ? [" before Rollcall’s first poll"]
        : [" ", { since: endedAt }, " ago"];
  if (updated === null && total === null) return [...when, ".", uncounted[tense]];
  return [...when, ` at ${countsText(counts)} replicas.`];
}

const uncounted: Record<Tense, string> = {
  now: " The API reports no replica counts.",
  then: " It reported no replica counts.",
};

/** The rest of the sentence: the counts and the time, as far as they are known. */
function counted(rollout: RolloutDisplay, tense: Tense): Sentence {
  const took = tookText(rollout);
  const time = timing(rollout, tense);
  const counts = countsOf(rollout);
  if (counts === null) return [took, ...lead(time), ".", uncounted[tense]];
  return [`${took}: ${counts}`, ...lead(time), "."];
}

function tookText({ startedAt, endedAt }: RolloutDisplay): string {
  return endedAt === null ? "" : ` after ${formatLength(endedAt - startedAt)}`;
}

function lead(time: Sentence): Sentence {
  return time.length === 0 ? [] : [", ", ...time];
}

function countsOf(rollout: RolloutDisplay): string | null {
  const { updatedReplicas: updated, totalReplicas: total } = rollout;
  if (updated === null && total === null) return null;
  if (updated === null) return `${total} replicas, how many are updated is not reported`;
  if (total === null) return `${updated} replicas updated, of a total that is not reported`;
  return `${updated} of ${total} replicas updated`;
}

function timing(rollout: RolloutDisplay, tense: Tense): Sentence {
  const { status, displayState, startedAt, endedAt } = rollout;
  if (displayState === "removed" || endedAt !== null || tense === "then") return [];
  if (status === "not_started") return ["requested ", { since: startedAt }, " ago"];
  return status === "in_progress" || status === "rolling_back" ? [{ since: startedAt }, " in"] : [];
}

function capital(text: string): string {
  return text === "this deployment" ? "This deployment" : text;
}
