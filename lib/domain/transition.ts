import type { RolloutState } from "./endpoint-report";
import type { Instant } from "./instant";
import type { Observation } from "./observation";

/** The fields whose change makes an observation. A field that is missing here is never recorded. */
const comparedFields = [
  "status",
  "reportedStatus",
  "updatedReplicas",
  "totalReplicas",
  "maxUnavailable",
  "errorMessage",
] as const;

type ChangedField = (typeof comparedFields)[number];

/** One field that differs between two observations of the same rollout. */
export type Change = {
  field: ChangedField;
  from: string | number | null;
  to: string | number | null;
};

/**
 * What differs between two observations. It happened after `after` (null: unknown) and no later than `before`.
 */
export type Transition = {
  after: Instant | null;
  before: Instant;
  changes: readonly Change[];
  /** The number of other error messages in between, which are not kept. */
  messagesBetween: number;
};

/** The fields that differ, in a fixed order. */
export function compareStates(from: RolloutState, to: RolloutState): Change[] {
  return comparedFields
    .filter((field) => from[field] !== to[field])
    .filter((field) => field !== "reportedStatus" || from.status === to.status)
    .map((field) => ({ field, from: from[field], to: to[field] }));
}

/** Whether two states differ in anything that is shown, warnings included. */
export function saysSomethingNew(from: RolloutState, to: RolloutState): boolean {
  return compareStates(from, to).length > 0 || JSON.stringify(from.warnings) !== JSON.stringify(to.warnings);
}

/** Whether two states differ only in the wording of an error message or in the values of warnings. */
export function differInTextsOnly(from: RolloutState, to: RolloutState): boolean {
  const isReworded = from.errorMessage !== null && to.errorMessage !== null;
  const others = compareStates(from, to).filter(({ field }) => !(field === "errorMessage" && isReworded));
  return others.length === 0 && namesOf(from) === namesOf(to) && saysSomethingNew(from, to);
}

/** The warnings of a state, without their values. */
function namesOf({ warnings }: RolloutState): string {
  return JSON.stringify(warnings.map(({ code, field }) => [code, field]));
}

/** The transitions of a rollout, oldest first. */
export function toTransitions(observations: readonly Observation[]): Transition[] {
  return observations.flatMap((observation, index) => {
    const former = observations[index - 1];
    if (former === undefined) return [];
    const transition = toTransition(former, observation);
    return transition.changes.length === 0 ? [] : [transition];
  });
}

/** What changed from one observation to the next; nothing if only warnings did. */
export function toTransition(former: Observation, observation: Observation): Transition {
  const { at: before, notBefore: after, messagesBetween = 0 } = observation;
  return { after, before, changes: compareStates(former.state, observation.state), messagesBetween };
}
