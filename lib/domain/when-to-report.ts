import type { Condition } from "./condition";
import { greatest } from "./extremes";
import type { Instant } from "./instant";
import type { Observation } from "./observation";
import { toMoves, toWaits, type Habit } from "./past-rollout";
import { lastMovedAt } from "./rollout-speed";
import { toWait } from "./stall";

/** A later stall of the same rollout is news once it lasts this many times as long as every wait before. */
const longer = 2;

/**
 * From when on a stall is worth a message: the first one at once, a later one only if it is longer than what people know
 * of this rollout already.
 */
export function reportStallFrom(
  observations: readonly Observation[],
  { since, from }: Condition & { code: "stalled" },
): Instant {
  const { first, next } = toWaits(observations, toMoves(observations), null);
  return Math.max(from, since + longer * (greatest([...first, ...next]) ?? 0));
}

/**
 * From when on it is worth a message that a rollout is late: from its next movement. While nothing moves it is, or will
 * be, stalled, and after a stall people know that it takes longer. Null: it is not.
 */
export function reportLateFrom(
  observations: readonly Observation[],
  { from }: Condition & { code: "late" },
  { until, habit }: { until: Instant; habit: Habit },
): Instant | null {
  // Without counts, movement cannot be seen.
  if (toWait(observations, habit) === null) return from;
  const movedAt = lastMovedAt(observations);
  if (movedAt === null || movedAt < from || hasStalled(observations, until, habit)) return null;
  return movedAt;
}

/** Whether a wait until now, or an earlier one, was a stall. */
function hasStalled(observations: readonly Observation[], until: Instant, habit: Habit): boolean {
  return observations.some((_, index) => {
    const wait = toWait(observations.slice(0, index + 1), habit);
    return wait !== null && (observations[index + 1]?.at ?? until) >= wait.since + wait.stalledAfter;
  });
}
