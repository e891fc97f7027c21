import type { Instant } from "./instant";

/** What can go wrong between Rollcall and the Management API. */
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

/** A cause and its sentence. The sentence never contains text from upstream. */
export type Cause = { code: CauseCode; message: string };

/** A cause that still holds. `retryAt` is null until the next attempt is scheduled. */
export type OngoingCause = Cause & { since: Instant; retryAt: Instant | null };
