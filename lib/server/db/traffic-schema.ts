import "server-only";

/** What callers of an endpoint felt in the minute that began at `at`. Times are milliseconds. */
export type TrafficMinuteTable = {
  endpoint_id: string;
  at: number;
  requests: number | null;
  failures: number | null;
  first_token_p50: number | null;
  first_token_p95: number | null;
  queue_p50: number | null;
  queue_p95: number | null;
};

/** One row for each organization with a Metrics API: how the last polls of it went. */
export type TrafficSourceTable = {
  org: string;
  answered_at: number | null;
  minute_at: number | null;
  endpoints: number | null;
  cause_code: string | null;
  cause_message: string | null;
  failing_since: number | null;
  retry_at: number | null;
};
