import type { Instant } from "./instant";

/** Why Rollcall does not know: what went wrong between it and the Management API. */
export const causeCodes = [
  "unreachable",
  "secure_connection_failed",
  "timed_out",
  "unexpected_redirect",
  "key_rejected",
  "key_lacks_access",
  "not_found",
  "no_longer_listed",
  "access_lost",
  "rate_limited",
  "upstream_error",
  "unreadable_reply",
  "unexpected_answer",
  "history_unreadable",
  "not_running",
  "paused",
] as const;

export type CauseCode = (typeof causeCodes)[number];

/** A cause with the sentence that people read. The sentence never holds text from upstream. */
export type Cause = { code: CauseCode; message: string };

/** A cause in force: since when, and when Rollcall asks again (null: it has not been decided). */
export type OngoingCause = Cause & { since: Instant; retryAt: Instant | null };
