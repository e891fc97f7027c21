import "server-only";

import { toIso, toIsoOrNull } from "@/lib/contract/instant";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { Condition } from "@/lib/domain/condition";
import type { Observation } from "@/lib/domain/observation";
import { guaranteedReplicas } from "@/lib/domain/replicas";
import type { RolloutFacts } from "@/lib/domain/rollout";
import { type Warning } from "@/lib/domain/warning";
import { conditionSentence } from "@/lib/presentation/condition-sentence";
import { shortenText } from "@/lib/presentation/shorten-text";
import { warningSentence } from "@/lib/presentation/warning-sentence";

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

/** A rollout as it crosses HTTP. */
export function toRolloutView(
  facts: RolloutFacts,
  { state }: Observation,
  conditions: readonly Condition[],
): RolloutView {
  return {
    deploymentId: facts.deploymentId,
    model: facts.model,
    version: facts.version,
    versionAlias: facts.versionAlias,
    createdAt: toIsoOrNull(facts.createdAt),
    status: state.status,
    reportedStatus: state.reportedStatus,
    updatedReplicas: state.updatedReplicas,
    totalReplicas: state.totalReplicas,
    maxUnavailable: state.maxUnavailable,
    guaranteedReplicas: guaranteedReplicas(state),
    errorMessage: state.errorMessage,
    errorSince: toIsoOrNull(facts.errorSince),
    conditions: conditions.map((condition) => ({
      code: condition.code,
      message: conditionSentence(condition),
      since: toIso(condition.since),
    })),
    warnings: state.warnings.map(toWarningView),
    firstObservedAt: toIso(facts.firstObservedAt),
    endedAt: toIsoOrNull(facts.endedAt),
    noLongerReportedSince: toIsoOrNull(facts.removed?.since ?? null),
  };
}

/** A warning with its sentence. */
export function toWarningView(warning: Warning): { code: string; field: string; message: string } {
  return { code: warning.code, field: warning.field, message: warningSentence(warning) };
}
