import type { Cause } from "./cause";
import type { FreshnessState } from "./freshness";
import { second, type Duration, type Instant } from "./instant";

/**
 * How well a viewer sees: the server's freshness, or `cut_off` when the server itself does not answer.
 */
export type ConnectionState = FreshnessState | "cut_off";

/** What stands between the viewer and the present. `retryAt` is null when it is not known. */
export type ViewerFreshness = {
  state: ConnectionState;
  /** The last good observation; null when there has been none. */
  observedAt: Instant | null;
  /** Since when the view is not live; null while it is. */
  since: Instant | null;
  cause: Cause | null;
  retryAt: Instant | null;
};

/** What a viewer knows about its own polls of the server. */
export type Polling = {
  observedAt: Instant | null;
  /** When the server last answered. */
  answeredAt: Instant;
  /** The polling interval that the last answer implied. */
  interval: Duration;
  /** Failed questions to our own server in a row. */
  failures: number;
};

/** Failures in a row after which our own server is said not to answer: one may be a hiccup. */
const failuresUntilCutOff = 2;

/**
 * The state of sight as of `now`. The viewer judges for itself too, since a server that does not
 * answer cannot say that its last answer has grown old.
 */
export function toConnectionState(told: FreshnessState, polling: Polling, now: Instant): ConnectionState {
  if (polling.failures >= failuresUntilCutOff) return "cut_off";
  if (told !== "live" || polling.observedAt === null) return told;
  return now - polling.observedAt > 2 * polling.interval ? "delayed" : "live";
}

/** The interval that is taken for granted while no endpoint has told its own. */
const usualInterval: Duration = 30 * second;
/** Below this a slow answer of our own server would be taken for a late one. */
const leastInterval: Duration = 2 * second;

/** The shortest polling interval among live endpoints, from when each was observed and is asked next. */
export function shortestInterval(
  parts: readonly { observedAt: Instant | null; nextPollAt: Instant | null }[],
): Duration {
  const intervals = parts.flatMap(({ observedAt, nextPollAt }) =>
    observedAt === null || nextPollAt === null || nextPollAt <= observedAt ? [] : [nextPollAt - observedAt],
  );
  const shortest = intervals.reduce((least, interval) => Math.min(least, interval), usualInterval);
  return Math.max(leastInterval, shortest);
}

/**
 * As `toSightState`, for an answer about several endpoints: it grows old with the endpoint that is polled most
 * often, counted from when the answer came.
 */
export function toFleetConnectionState(
  told: FreshnessState,
  polling: Polling,
  shortest: Duration,
  now: Instant,
): ConnectionState {
  const { observedAt, answeredAt, interval } = polling;
  const wait = interval - (observedAt === null ? 0 : answeredAt - observedAt);
  return toConnectionState(
    told,
    { ...polling, observedAt: answeredAt, interval: Math.max(wait, shortest) },
    now,
  );
}
