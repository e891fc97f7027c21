import "server-only";

import type { RolloutView } from "@/lib/contract/rollout-view";
import { toDisplayState } from "@/lib/domain/display-state";
import { second, type Duration, type Instant } from "@/lib/domain/instant";
import type { Observation } from "@/lib/domain/observation";
import { guaranteedReplicas } from "@/lib/domain/replicas";
import { startOf } from "@/lib/domain/past-rollout";
import type { RolloutFacts } from "@/lib/domain/rollout";
import { type Warning } from "@/lib/domain/warning";
import { conditionSentence, usualText } from "@/lib/presentation/condition-sentence";
import { shortenText } from "@/lib/presentation/shorten-text";
import { toTimeLeftWords } from "@/lib/presentation/time-left-words";
import { warningSentence } from "@/lib/presentation/warning-sentence";

import type { Conclusions } from "./conditions-of";

/** Characters of an error message, at most, where an answer holds many rollouts. */
const messageAmongOthers = 500;

/** The same rollout among many: a long error message is shortened, and the view says so. */
export function toListedView(view: RolloutView): RolloutView {
  const { errorMessage } = view;
  if (errorMessage === null || errorMessage.length <= messageAmongOthers) return view;
  return {
    ...view,
    errorMessage: shortenText(errorMessage, messageAmongOthers),
    isErrorMessageShortened: true,
  };
}

/** A rollout as every viewer sees it. */
export function toRolloutView(
  facts: RolloutFacts,
  { state }: Observation,
  { conditions, timeLeft }: Conclusions,
): RolloutView {
  const removedSince = facts.removed?.since ?? null;
  return {
    deploymentId: facts.deploymentId,
    model: facts.model,
    version: facts.version,
    versionAlias: facts.versionAlias,
    createdAt: facts.createdAt,
    status: state.status,
    displayState: toDisplayState({ ...state, removedSince, conditions: conditions.map(({ code }) => code) }),
    reportedStatus: state.reportedStatus,
    updatedReplicas: state.updatedReplicas,
    totalReplicas: state.totalReplicas,
    maxUnavailable: state.maxUnavailable,
    guaranteedReplicas: guaranteedReplicas(state),
    errorMessage: state.errorMessage,
    errorSince: facts.errorSince,
    conditions: conditions.map((condition) => ({
      code: condition.code,
      message: conditionSentence(condition),
      since: condition.since,
      ...(condition.code === "stalled"
        ? { usualWaitSeconds: toSeconds(condition.perReplica), usual: usualText(condition) }
        : {}),
      ...(condition.code === "late" ? { usual: usualText(condition) } : {}),
    })),
    timeLeft: timeLeft === null ? null : toTimeLeftWords(timeLeft),
    warnings: state.warnings.map(toWarningView),
    firstObservedAt: facts.firstObservedAt,
    startedAt: startOf(facts),
    endedAt: endOf(facts),
    noLongerReportedSince: removedSince,
  };
}

function toSeconds(duration: Duration | null): number | null {
  return duration === null ? null : duration / second;
}

/** An end no later than the first observation, as a corrected clock leaves it, says nothing about when it ended. */
function endOf({ endedAt, firstObservedAt }: RolloutFacts): Instant | null {
  return endedAt !== null && endedAt > firstObservedAt ? endedAt : null;
}

/** A warning with its sentence. */
export function toWarningView(warning: Warning): { code: string; field: string; message: string } {
  return { code: warning.code, field: warning.field, message: warningSentence(warning) };
}
