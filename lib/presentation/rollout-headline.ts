import type { Instant } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { isUnderWay } from "@/lib/domain/rollout-status";

import { overlapDetail, overlapSentence, stillUnderWaySentence } from "./overlap-words";
import { rolloutSentence } from "./rollout-sentence";
import { tidy, type Sentence } from "./sentence-text";
import { timeLeftSentence } from "./time-left-words";

/** A rollout with Rollcall's conclusions, as in its public view. */
type Concluded = RolloutDisplay & { conditions: readonly Conclusion[] };

type Conclusion = {
  code: string;
  message: string;
  since: Instant;
  /** What is usual on this endpoint, as words within a sentence; null or absent without evidence. */
  usual?: string | null | undefined;
};

/** The headline of a page, and what stands below it; null where the sentence says everything. */
type Headline = { sentence: Sentence; detail: Sentence | null };

/** What is happening, for one rollout or several under way at once, newest first. */
export function toHeadline(rollouts: readonly Concluded[]): Headline {
  const [newest, ...others] = rollouts;
  if (newest === undefined) return { sentence: rolloutSentence(null), detail: null };
  if (others.length === 0) return rolloutHeadline(newest);
  const sentence: Sentence = isUnderWay(newest.status)
    ? [overlapSentence(rollouts)]
    : tidy([...rolloutSentence(newest), ` ${stillUnderWaySentence(others)}`]);
  return { sentence, detail: [overlapDetail(rollouts)] };
}

/** The headline about one rollout. Where nothing moves, that is the headline. */
export function rolloutHeadline(rollout: Concluded): Headline {
  const sentence = rolloutSentence(rollout);
  const concluded = rollout.conditions.find(({ code }) => code === rollout.displayState);
  if (concluded?.code === "stalled") {
    const detail = tidy([...sentence, ` Cerebras still reports it as ${reportedWord(rollout)}.`]);
    return { sentence: stallSentence(concluded, rollout.updatedReplicas !== null), detail };
  }
  if (concluded?.code === "late") return { sentence, detail: overSentence(concluded) };
  if (concluded !== undefined)
    return { sentence, detail: [`${concluded.message} It began `, { since: concluded.since }, " ago."] };
  const details = [
    ...(isFullEarly(rollout) ? ["Cerebras has not reported it as done yet."] : []),
    ...(rollout.timeLeft === null ? [] : [timeLeftSentence(rollout.timeLeft)]),
  ];
  return { sentence, detail: details.length === 0 ? null : [details.join(" ")] };
}

function overSentence({ since, usual }: Conclusion): Sentence {
  return [{ since }, ` over ${usual ?? "the usual time"}.`];
}

function stallSentence({ since, usual }: Conclusion, isCounted: boolean): Sentence {
  const idle = isCounted ? "No replica has moved for " : "Its status has been the same for ";
  return [idle, { since }, usual == null ? "." : `; ${usual}.`];
}

function reportedWord({ reportedStatus, status }: RolloutDisplay): string {
  return (reportedStatus ?? status).replaceAll("_", " ");
}

function isFullEarly({ status, updatedReplicas, totalReplicas }: RolloutDisplay): boolean {
  return status === "in_progress" && updatedReplicas === totalReplicas && (totalReplicas ?? 0) > 0;
}
