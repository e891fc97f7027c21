import type { Condition } from "@/lib/domain/condition";
import { second, type Instant } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";

import { formatDuration } from "./duration";
import { overlapSentence, rolloutSentence } from "./rollout-sentence";
import { tidy, type Sentence } from "./sentence-text";

/** A rollout with Rollcall's conclusions, as in its public view. */
type Concluded = RolloutDisplay & { conditions: readonly Conclusion[] };

type Conclusion = {
  code: Condition["code"];
  message: string;
  since: Instant;
  /** Of a stall: the rollout's median time per replica; null before any has moved. */
  usualWaitSeconds?: number | null | undefined;
};

/** The headline of a page, and what stands below it; null where the sentence says everything. */
type Headline = { sentence: Sentence; detail: Sentence | null };

/** What is happening, for one rollout or several under way at once, newest first. */
export function toHeadline(rollouts: readonly Concluded[]): Headline {
  const [newest, ...others] = rollouts;
  return newest === undefined || others.length > 0
    ? { sentence: overlapSentence(rollouts), detail: null }
    : rolloutHeadline(newest);
}

/** The headline about one rollout. Where nothing moves, that is the headline. */
export function rolloutHeadline(rollout: Concluded): Headline {
  const sentence = rolloutSentence(rollout);
  const concluded = rollout.conditions.find(({ code }) => code === rollout.displayState);
  if (concluded?.code === "stalled") {
    const detail = tidy([...sentence, ` Cerebras still reports it as ${reportedWord(rollout)}.`]);
    return { sentence: stallSentence(concluded), detail };
  }
  if (concluded !== undefined) return { sentence, detail: [concluded.message] };
  return { sentence, detail: isFullEarly(rollout) ? ["Cerebras has not reported it as done yet."] : null };
}

function stallSentence({ since, usualWaitSeconds }: Conclusion): Sentence {
  const usual =
    typeof usualWaitSeconds === "number"
      ? `; usually one moves every ${formatDuration(usualWaitSeconds * second)}.`
      : ".";
  return ["No replica has moved for ", { since }, usual];
}

function reportedWord({ reportedStatus, status }: RolloutDisplay): string {
  return (reportedStatus ?? status).replaceAll("_", " ");
}

function isFullEarly({ status, updatedReplicas, totalReplicas }: RolloutDisplay): boolean {
  return status === "in_progress" && updatedReplicas === totalReplicas && (totalReplicas ?? 0) > 0;
}
