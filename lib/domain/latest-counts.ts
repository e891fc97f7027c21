import type { Gap } from "./gap";
import type { Instant } from "./instant";
import { hasSameCounts, type Counts, type Point } from "./point";

/** A rollout's latest counts, when they were seen, and whether the endpoint is live. */
export type Latest = { counts: Counts; seenAt: Instant; isLive: boolean };

/**
 * Makes a recorded series end with the latest counts. They arrive in two answers, so either can be newer for a
 * moment; a page that shows both must not contradict itself.
 */
export function agreeWithLatest(
  recorded: { points: readonly Point[]; gaps: readonly Gap[] },
  { counts, seenAt, isLive }: Latest,
): { points: Point[]; gaps: Gap[] } {
  const gaps = isLive ? recorded.gaps.flatMap((gap) => endGap(gap, seenAt)) : [...recorded.gaps];
  const points = recorded.points.filter(({ from }) => from <= seenAt);
  const last = points.at(-1);
  const isKnown = last !== undefined && hasSameCounts(last, counts) && !isBroken(gaps, last, seenAt);
  return { points: isKnown ? points : [...points, { ...counts, from: seenAt, until: seenAt }], gaps };
}

/** An open gap ends when the endpoint is seen; a gap that begins after `seenAt` is dropped. */
function endGap(gap: Gap, seenAt: Instant): Gap[] {
  if (gap.until !== null) return [gap];
  return gap.from < seenAt ? [{ ...gap, until: seenAt }] : [];
}

function isBroken(gaps: readonly Gap[], last: Point, seenAt: Instant): boolean {
  return gaps.some(({ from, until }) => from >= last.until && until !== null && until <= seenAt);
}
