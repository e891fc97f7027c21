import type { Cause } from "./cause";
import type { FreshnessState } from "./freshness";
import type { Duration, Instant } from "./instant";

/**
 * How well a viewer sees: the server's freshness, or `cut_off` when the server itself does not answer.
 */
export type SightState = FreshnessState | "cut_off";

/** What stands between the viewer and the present. `retryAt` is null when it is not known. */
export type Sight = {
  state: SightState;
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
export function toSightState(told: FreshnessState, polling: Polling, now: Instant): SightState {
  if (polling.failures >= failuresUntilCutOff) return "cut_off";
  if (told !== "live" || polling.observedAt === null) return told;
  return now - polling.observedAt > 2 * polling.interval ? "delayed" : "live";
}
