import type { RolloutState } from "./endpoint-report";
import type { Instant } from "./instant";
import type { WatchSpan } from "./observation";
import type { Rollout } from "./rollout";

/** Counts that were seen at `from` and held until `until`: when they were last seen, or other counts were. */
export type Point = { from: Instant; until: Instant } & Counts;

/** A point without its time. */
export type Counts = Pick<RolloutState, "status" | "updatedReplicas" | "totalReplicas" | "maxUnavailable">;

/**
 * The periods during which a rollout held its counts, oldest first. A period ends where other counts were seen (they
 * changed some time before; transitions give both limits) and wherever watching was interrupted. Consecutive
 * observations with the same counts become one point. `lastSeenAt` ends the newest stretch.
 */
export function toPoints(
  rollout: Pick<Rollout, "observations">,
  lastSeenAt: Instant,
  spans: readonly WatchSpan[],
): Point[] {
  const points = rollout.observations.flatMap((observation, index) => {
    const next = rollout.observations[index + 1];
    const until = Math.max(observation.at, next?.at ?? lastSeenAt);
    const stretches = splitBySpans({ from: observation.at, until }, spans);
    // An observation that ended a gap and found other counts does not confirm the former ones.
    return stretches
      .filter(({ from }) => from !== next?.at)
      .map((stretch) => toPoint(stretch, observation.state));
  });
  const merged: Point[] = [];
  for (const point of points) joinPoint(merged, point, spans);
  return merged;
}

function splitBySpans(held: { from: Instant; until: Instant }, spans: readonly WatchSpan[]) {
  const seen = spans
    .map((span) => ({ from: Math.max(span.from, held.from), until: Math.min(span.until, held.until) }))
    .filter(({ from, until }) => from <= until);
  return seen.length === 0 ? [held] : seen;
}

function toPoint(stretch: { from: Instant; until: Instant }, state: RolloutState): Point {
  const { status, updatedReplicas, totalReplicas, maxUnavailable } = state;
  return { ...stretch, status, updatedReplicas, totalReplicas, maxUnavailable };
}

function joinPoint(merged: Point[], point: Point, spans: readonly WatchSpan[]): void {
  const last = merged.at(-1);
  if (last === undefined || !hasSameCounts(last, point) || !isWatched(last.until, point.from, spans))
    merged.push(point);
  else merged[merged.length - 1] = { ...last, until: point.until };
}

/** Whether two points differ in time only. */
export function hasSameCounts(a: Counts, b: Counts): boolean {
  return (
    a.status === b.status &&
    a.updatedReplicas === b.updatedReplicas &&
    a.totalReplicas === b.totalReplicas &&
    a.maxUnavailable === b.maxUnavailable
  );
}

function isWatched(from: Instant, until: Instant, spans: readonly WatchSpan[]): boolean {
  return spans.some((span) => span.from <= from && span.until >= until);
}
