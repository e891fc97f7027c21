import { toConditions, type Condition } from "./condition";
import type { Instant } from "./instant";
import type { Observation, WatchSpan } from "./observation";
import { habitBefore, startOf, type Habit } from "./past-rollout";
import { lastSeenAt, type Rollout } from "./rollout";

/** A condition at the moment it began to hold: after `after` (null: unknown), no later than `before`. */
export type Conclusion = { condition: Condition; after: Instant | null; before: Instant };

/**
 * When each condition of a rollout began to hold. `others` are the endpoint's other rollouts, `span` is its newest
 * watch span. A condition that stops and holds again appears each time. Only what ended before the rollout began counts
 * as the endpoint's habit.
 */
export function toConclusions(
  rollout: Rollout,
  others: readonly Rollout[],
  span: Pick<WatchSpan, "until">,
  endpointHabit: Habit,
): Conclusion[] {
  const habit = habitBefore(endpointHabit, startOf(rollout.facts));
  let holding: ReadonlySet<Condition["code"]> = new Set();
  return rollout.observations.flatMap((observation, index) => {
    const until = Math.max(observation.at, rollout.observations[index + 1]?.at ?? lastSeenAt(rollout, span));
    const seen = conclude(rollout, others, observation.at, habit);
    const conclusions: Conclusion[] = [
      ...seen.map((condition) => ({ condition, after: observation.notBefore, before: observation.at })),
      ...toOverdue(rollout, observation.at, until, habit).filter(
        ({ condition }) => !hasCode(seen, condition.code),
      ),
    ];
    const begun = conclusions.filter(({ condition }) => !holding.has(condition.code));
    holding = new Set(conclusions.map(({ condition }) => condition.code));
    return begun;
  });
}

/** Some conditions begin between two observations: when nothing moved, or it did not end, for long enough. */
function toOverdue(rollout: Rollout, from: Instant, until: Instant, habit: Habit): Conclusion[] {
  const past = upTo(rollout, from);
  if (past === null) return [];
  return toConditions(past, [], until, habit).flatMap((condition): Conclusion[] => {
    if (condition.code !== "stalled" && condition.code !== "late") return [];
    const before = Math.min(until, Math.max(from, Math.ceil(condition.from)));
    const then = toConditions(past, [], before, habit).find(({ code }) => code === condition.code);
    return [{ condition: then ?? condition, after: null, before }];
  });
}

function conclude(rollout: Rollout, others: readonly Rollout[], at: Instant, habit: Habit): Condition[] {
  const past = upTo(rollout, at);
  const pastOthers = others.map((other) => upTo(other, at)).filter((other) => other !== null);
  return past === null ? [] : toConditions(past, pastOthers, at, habit);
}

/** A rollout as it was known at an instant; null before it was first seen. */
function upTo(rollout: Rollout, at: Instant): Rollout | null {
  const [first, ...rest] = rollout.observations;
  if (first.at > at) return null;
  const observations: [Observation, ...Observation[]] = [first, ...rest.filter((each) => each.at <= at)];
  const { removed } = rollout.facts;
  const isRemoved = removed !== null && removed.since <= at;
  return { facts: { ...rollout.facts, removed: isRemoved ? removed : null }, observations };
}

function hasCode(conditions: readonly Condition[], wanted: Condition["code"]): boolean {
  return conditions.some(({ code }) => code === wanted);
}
