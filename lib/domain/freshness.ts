import type { CauseCode, OngoingCause } from "./cause";
import type { Duration, Instant } from "./instant";

export type FreshnessState = "live" | "delayed" | "blind";

/** Whether the last observation can be shown as current. */
export type Freshness = {
  state: FreshnessState;
  /** The last good observation; null before the first. */
  observedAt: Instant | null;
  cause: OngoingCause | null;
  /**
   * Set if the state counts from the listing of all endpoints, which shows that this one has not changed since
   * `observedAt`. Absent: it counts from the observation.
   */
  basis?: "listing" | undefined;
};

/** Consecutive failed polls, with the cause of the newest. */
export type FailureRun = {
  count: number;
  cause: OngoingCause;
};

const blindAtOnce: ReadonlySet<CauseCode> = new Set([
  "key_rejected",
  "key_lacks_access",
  "history_unreadable",
]);

/** Consecutive failed polls until blind; a refused key makes it blind at once. */
const failuresUntilBlind = 3;

/** Blind: three failed polls in a row, any 401 or 403, or a history that cannot be read. */
export function isBlind(failures: FailureRun | null): boolean {
  if (failures === null) return false;
  return failures.count >= failuresUntilBlind || blindAtOnce.has(failures.cause.code);
}

/** Judges the last good observation by its age, against the polling interval in force. */
export function judgeFreshness(input: {
  observedAt: Instant | null;
  interval: Duration;
  failures: FailureRun | null;
  now: Instant;
}): Freshness {
  const { observedAt, interval, failures, now } = input;
  const cause = failures?.cause ?? null;
  if (isBlind(failures)) return { state: "blind", observedAt, cause };
  const isOld = observedAt === null || now - observedAt > 2 * interval;
  return { state: isOld ? "delayed" : "live", observedAt, cause: isOld ? cause : null };
}
