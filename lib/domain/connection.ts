import type { Cause } from "./cause";
import type { FreshnessState } from "./freshness";
import { second, type Duration, type Instant } from "./instant";

/**
 * The freshness of what a viewer sees; `cut_off` when Rollcall's own server does not answer.
 */
export type ConnectionState = FreshnessState | "cut_off";

/** Why a viewer's data may be old. `retryAt` is null when unknown. */
export type ViewerFreshness = {
  state: ConnectionState;
  /** The last good observation; null when there has been none. */
  observedAt: Instant | null;
  /** Since when the view is not live; null while it is. */
  since: Instant | null;
  cause: Cause | null;
  retryAt: Instant | null;
};

/** A viewer's polling of Rollcall's server. */
export type Polling = {
  observedAt: Instant | null;
  /** When the server last answered. */
  answeredAt: Instant;
  /** The upstream polling interval, from the last answer. */
  interval: Duration;
  /** Consecutive failed requests to Rollcall's server. */
  failures: number;
};

/** A single failure may be a hiccup. */
const failuresUntilCutOff = 2;

/**
 * The connection state at `now`. The viewer checks the age as well, because a server that does not answer cannot
 * report that its last answer is old.
 */
export function toConnectionState(reported: FreshnessState, polling: Polling, now: Instant): ConnectionState {
  if (polling.failures >= failuresUntilCutOff) return "cut_off";
  if (reported !== "live" || polling.observedAt === null) return reported;
  return now - polling.observedAt > 2 * polling.interval ? "delayed" : "live";
}

/** When the connection state changes if no answer arrives until then; Infinity if it stays. */
export function connectionChangesAt(reported: FreshnessState, polling: Polling, now: Instant): Instant {
  if (polling.observedAt === null || toConnectionState(reported, polling, now) !== "live") return Infinity;
  return polling.observedAt + 2 * polling.interval + 1;
}

/** Assumed until an endpoint reports its interval. */
const usualInterval: Duration = 30 * second;
/** With a shorter interval, a slow answer of Rollcall's server would look delayed. */
const leastInterval: Duration = 2 * second;

/** The shortest polling interval among endpoints, from their last and next polls. */
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
 * The polling of an answer about several endpoints, to conclude its connection state from: its age counts from when it
 * arrived, against the interval of the endpoint that is polled most often.
 */
export function toFleetPolling(polling: Polling, shortest: Duration): Polling {
  const { observedAt, answeredAt, interval } = polling;
  const wait = interval - (observedAt === null ? 0 : answeredAt - observedAt);
  return { ...polling, observedAt: answeredAt, interval: Math.max(wait, shortest) };
}
