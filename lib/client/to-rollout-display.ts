import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { toInstant, toInstantOrNull } from "@/lib/contract/to-rollout-display";
import type { Freshness } from "@/lib/domain/freshness";
import type { Gap } from "@/lib/domain/gap";
import type { Instant } from "@/lib/domain/instant";
import type { Point } from "@/lib/domain/point";
import { isTerminal } from "@/lib/domain/rollout-status";
import type { ViewerFreshness, ConnectionState } from "@/lib/domain/connection";

export {
  currentRollout,
  featuredRollouts,
  formerVersion,
  toInstant,
  toInstantOrNull,
  toFreshness,
  toRolloutDisplay,
} from "@/lib/contract/to-rollout-display";

/**
 * When a rollout's course ended, as far as it was seen: its end, the moment it vanished, or the first look
 * where it had ended before that; null while it lasts.
 */
export function timelineEnd(rollout: RolloutView): Instant | null {
  const hadEnded = isTerminal(rollout.status) ? rollout.firstObservedAt : null;
  return toInstantOrNull(rollout.endedAt ?? rollout.noLongerReportedSince ?? hadEnded);
}

/** What this viewer's own polls add to what the server said; null where that does not matter. */
type OwnTimes = { observedAt: Instant | null; answeredAt: Instant | null; nextPollAt: Instant | null };

/** What stands between the viewer and the present, from what the server said and what the viewer met. */
export function toViewerFreshness(
  state: ConnectionState,
  freshness: Freshness,
  own: OwnTimes,
): ViewerFreshness {
  const { cause } = freshness;
  const observedAt = own.observedAt ?? freshness.observedAt;
  if (state === "cut_off") {
    return { state, observedAt, since: own.answeredAt, cause: null, retryAt: own.nextPollAt };
  }
  return {
    state,
    observedAt,
    since: cause === null ? observedAt : cause.since,
    cause: cause === null ? null : { code: cause.code, message: cause.message },
    retryAt: cause?.retryAt ?? null,
  };
}

/** The recorded points → domain. */
export function toPointsOf({ points }: RolloutDetail): Point[] {
  return points.map((point) => ({ ...point, from: toInstant(point.from), until: toInstant(point.until) }));
}

/** The recorded gaps → domain. */
export function toGapsOf({ gaps }: RolloutDetail): Gap[] {
  return gaps.map(({ from, until, cause }) => ({
    from: toInstant(from),
    until: toInstantOrNull(until),
    cause,
  }));
}
