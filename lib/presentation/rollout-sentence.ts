import type { Instant } from "@/lib/domain/instant";
import { type RolloutDisplay } from "@/lib/domain/rollout-display";

import { versionName } from "./version";
import { formatDuration } from "./duration";
import { clause, shortened, type Tense } from "./rollout-clause";
import { tidy, type Sentence } from "./sentence-text";

const errorAtMost = 160;

/** What is happening to an endpoint's current rollout, as a colleague would say it. */
export function rolloutSentence(rollout: RolloutDisplay | null): Sentence {
  return rollout === null
    ? ["Nothing is deployed on this endpoint."]
    : tidy([
        capital(versionName(rollout.version)),
        " ",
        ...clause(rollout, "now"),
        ...counted(rollout, "now"),
      ]);
}

/** What is happening where several rollouts are under way at once, newest first. */
export function overlapSentence(rollouts: readonly RolloutDisplay[]): Sentence {
  const [newest, ...others] = rollouts.map(({ version }) => versionName(version));
  if (newest === undefined || others.length === 0) return rolloutSentence(rollouts[0] ?? null);
  const rest = others.length === 1 ? others.join() : `${others.slice(0, -1).join(", ")} and ${others.at(-1)}`;
  return [`${rollouts.length} rollouts are under way at once: ${newest}, the newest, and ${rest}.`];
}

/** The last known state, in the past tense. */
export function lastKnownSentence(rollout: RolloutDisplay | null, observedAt: Instant | null): Sentence {
  if (observedAt === null) return ["Rollcall has not seen this endpoint yet."];
  const opening: Sentence = ["When last seen at ", { at: observedAt }, ", "];
  if (rollout === null) return [...opening, "nothing was deployed on it."];
  const name = versionName(rollout.version);
  const error = errorSentence(rollout, "then");
  return tidy([
    ...opening,
    name,
    " ",
    ...clause(rollout, "then"),
    ...counted(rollout, "then"),
    ...(error === null ? [] : [" ", ...error]),
  ]);
}

/** The API's error message, cut to fit under a headline; null where none is reported. */
export function errorSentence({ errorMessage }: RolloutDisplay, tense: Tense = "now"): Sentence | null {
  if (errorMessage === null) return null;
  const verb = tense === "now" ? "reports" : "reported";
  return [`It ${verb} an error: `, { quote: shortened(errorMessage, errorAtMost) }, "."];
}

/** The rest of the sentence: the counts and the time, as far as they are known. */
function counted(rollout: RolloutDisplay, tense: Tense): Sentence {
  const { startedAt, endedAt } = rollout;
  const length = endedAt === null ? "" : ` after ${formatDuration(endedAt - startedAt)}`;
  const time = timing(rollout, tense);
  const counts = countsOf(rollout, tense);
  if (counts === null) {
    const missing =
      tense === "now" ? " The API reports no replica counts." : " It reported no replica counts.";
    return [length, ...lead(time), ".", missing];
  }
  return [`${length}: ${counts}`, ...lead(time), "."];
}

function lead(time: Sentence): Sentence {
  return time.length === 0 ? [] : [", ", ...time];
}

function countsOf(rollout: RolloutDisplay, tense: Tense): string | null {
  const { status, updatedReplicas: updated, totalReplicas: total } = rollout;
  if (updated === null && total === null) return null;
  if (updated === null) return `${total} replicas, how many are updated is not reported`;
  if (total === null) return `${updated} replicas updated, of a total that is not reported`;
  const counts = `${updated} of ${total} replicas updated`;
  const isFullEarly = status === "in_progress" && updated === total && total > 0 && tense === "now";
  return isFullEarly ? `${counts}, not yet reported as done` : counts;
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
