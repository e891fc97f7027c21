import { minute, type Duration, type Instant } from "./instant";

/** What callers of an endpoint felt in one minute. Null is not reported, which is not zero. */
export type TrafficMinute = {
  /** When the minute began. */
  at: Instant;
  requests: number | null;
  failures: number | null;
  /** Time to the first token. */
  firstTokenP50: Duration | null;
  firstTokenP95: Duration | null;
  queueP50: Duration | null;
  queueP95: Duration | null;
};

/** The share of failed requests, 0 to 1; null if it was not reported, or without requests. */
export function failureShare({
  requests,
  failures,
}: Pick<TrafficMinute, "requests" | "failures">): number | null {
  return requests === null || failures === null || requests <= 0 ? null : failures / requests;
}

/** When the last minute that is complete at `now` began. */
export function lastCompleteMinute(now: Instant): Instant {
  return Math.floor(now / minute) * minute - minute;
}
