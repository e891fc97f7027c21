import type { ViewerFreshness } from "@/lib/domain/connection";
import { isQuiet } from "@/lib/domain/display-state";
import type { FleetSummary } from "@/lib/domain/fleet-summary";
import { minute, type Duration, type Instant } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";

/** What a live page can announce to screen readers: what identifies it, so that words may differ in time only. */
export type Announceable = {
  /** What is announced as soon as it changes; null while nothing certain is known, which is never announced. */
  state: string | null;
  /** The same, for a part of the page that cannot be seen; null while that is not certain, or `state` says it. */
  isPartBlind: boolean | null;
  /** What is announced when it changes, once a minute at most. */
  progress: string;
};

const uncertain: Announceable = { state: null, isPartBlind: null, progress: "" };

/** What was announced last, or what the page showed at first. */
export type Announced = Announceable & { at: Instant };

const progressEvery: Duration = minute;

/** Whether a page that announced `last` should announce `present` at `now`. */
export function isDue(last: Announced, present: Announceable, now: Instant): boolean {
  if (present.state === null) return false;
  if (present.state !== last.state) return true;
  if (present.isPartBlind !== null && present.isPartBlind !== last.isPartBlind) return true;
  return present.progress !== last.progress && now - last.at >= progressEvery;
}

/** What was announced last, once `present` is announced at `now` too. */
export function toAnnounced(last: Announced, present: Announceable, now: Instant): Announced {
  return { ...present, isPartBlind: present.isPartBlind ?? last.isPartBlind, at: now };
}

/**
 * Rollouts of one endpoint: their states, and whether they can be seen. A delay is not announced, because it ends in an
 * answer or in an outage. Nor are the cause of an outage and the time of the next attempt, which change while it lasts.
 */
export function rolloutsAnnounceable(
  rollouts: readonly RolloutDisplay[],
  freshness: ViewerFreshness,
): Announceable {
  if (isUncertain(freshness)) return uncertain;
  if (freshness.state !== "live") return { state: freshness.state, isPartBlind: null, progress: "" };
  const states = rollouts.map(({ version, displayState, errorMessage }) => [
    version,
    displayState,
    errorMessage !== null,
  ]);
  const progress = rollouts.map(({ updatedReplicas, totalReplicas, errorMessage }) => [
    updatedReplicas,
    totalReplicas,
    errorMessage,
  ]);
  return { state: JSON.stringify(states), isPartBlind: null, progress: JSON.stringify(progress) };
}

/**
 * A fleet: how many endpoints are in each state that is not quiet, as last known, and whether any cannot be seen. How
 * many those are is progress, because an outage reaches one endpoint after the other, and so does its end. An endpoint
 * that is delayed may be the last of an outage or the first of the next one: until that is known, neither is announced.
 */
export function fleetAnnounceable(summary: FleetSummary, freshness: ViewerFreshness): Announceable {
  const { seen, blind, delayed, awaited, isListBlind } = summary;
  if (freshness.state === "cut_off") return { state: "cut_off", isPartBlind: null, progress: "" };
  // A fleet that is live has no single instant, so only endpoints without their first look make it uncertain.
  if (freshness.state === "delayed" || awaited.length > 0) return uncertain;
  const known = [...seen, ...[...blind, ...delayed].map(({ displayState }) => displayState)];
  const isBlind = freshness.state === "blind" || blind.length > 0 || isListBlind;
  const isPartBlind = !isBlind && delayed.length > 0 ? null : isBlind;
  const active = known.filter((displayState) => !isQuiet(displayState)).toSorted();
  return { state: JSON.stringify(active), isPartBlind, progress: String(blind.length) };
}

function isUncertain({ state, observedAt, cause }: ViewerFreshness): boolean {
  return state === "delayed" || (state === "live" && observedAt === null && cause === null);
}
