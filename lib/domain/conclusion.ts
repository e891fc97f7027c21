import { stalledAfter, toConditions, type Condition } from "./condition";
import type { Instant } from "./instant";
import type { Observation, WatchSpan } from "./observation";
import { lastSeenAt, type Rollout } from "./rollout";

/** A condition at the moment it began to hold: after `after` (null: unknown), no later than `before`. */
export type Conclusion = { condition: Condition; after: Instant | null; before: Instant };

/**
 * When each condition of a rollout began to hold. `others` are the endpoint's other rollouts, `span` is its newest
 * watch span. A condition that stops and holds again appears each time.
 */
export function toConclusions(
  rollout: Rollout,
  others: readonly Rollout[],
  span: Pick<WatchSpan, "until">,
): Conclusion[] {
  let holding: ReadonlySet<Condition["code"]> = new Set();
  return rollout.observations.flatMap((observation, index) => {
    const until = Math.max(observation.at, rollout.observations[index + 1]?.at ?? lastSeenAt(rollout, span));
    const seen = conclude(rollout, others, observation.at);
    const conclusions: Conclusion[] = [
      ...seen.map((condition) => ({ condition, after: observation.notBefore, before: observation.at })),
      ...(hasStalled(seen) ? [] : toStall(rollout, observation.at, until)),
    ];
    const begun = conclusions.filter(({ condition }) => !holding.has(condition.code));
    holding = new Set(conclusions.map(({ condition }) => condition.code));
    return begun;
  });
}

/** A stall begins between two observations: when nothing moved for long enough after the first of them. */
function toStall(rollout: Rollout, from: Instant, until: Instant): Conclusion[] {
  const past = upTo(rollout, from);
  const [stalled] =
    past === null ? [] : toConditions(past, [], until).filter(({ code }) => code === "stalled");
  if (past === null || stalled === undefined) return [];
  const before = Math.min(until, Math.max(from, Math.ceil(stalled.since + stalledAfter(past.observations))));
  const condition = toConditions(past, [], before).find(({ code }) => code === "stalled") ?? stalled;
  return [{ condition, after: null, before }];
}

function conclude(rollout: Rollout, others: readonly Rollout[], at: Instant): Condition[] {
  const past = upTo(rollout, at);
  const pastOthers = others.map((other) => upTo(other, at)).filter((other) => other !== null);
  return past === null ? [] : toConditions(past, pastOthers, at);
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

function hasStalled(conditions: readonly Condition[]): boolean {
  return conditions.some(({ code }) => code === "stalled");
}
