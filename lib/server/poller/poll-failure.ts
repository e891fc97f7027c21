import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import { minute, second, type Duration } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";
import { UpstreamFailure } from "@/lib/server/upstream/failure";

const keyProbe: Duration = 60 * second;
const longestBackoff: Duration = 5 * minute;

/** Causes that concern the key or the way to Cerebras, and so every endpoint at once. */
export const sharedCauses: ReadonlySet<CauseCode> = new Set([
  "unreachable",
  "secure_connection_failed",
  "timed_out",
  "key_rejected",
  "key_lacks_access",
  "rate_limited",
  "upstream_error",
  "unexpected_redirect",
]);

/** How long to wait, in milliseconds, after the nth failure in a row of one endpoint. */
export function retryDelay(failure: UpstreamFailure, nth: number, interval: Duration): Duration {
  if (failure.retryAfter !== null) return failure.retryAfter;
  if (failure.code === "key_rejected" || failure.code === "key_lacks_access") return keyProbe;
  return backoffDelay(nth, interval);
}

/**
 * The wait in milliseconds after the nth failure in a row (from 1): exponential from the interval to 5 min, and random
 * in the upper half of that, so endpoints that failed together do not retry together. Never shorter than the interval.
 */
export function backoffDelay(nth: number, interval: Duration): Duration {
  // Beyond 2^30 the factor only grows past every limit.
  const ceiling = Math.min(interval * 2 ** Math.min(nth - 1, 30), Math.max(interval, longestBackoff));
  return Math.max(interval, ceiling * (0.5 + Math.random() / 2));
}

/** Any error of a poll as a failure that can be shown. Errors that upstream did not cause are logged as our own. */
export function toFailure(error: unknown, log: Log): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error;
  log.error({ err: error }, "poll failed inside Rollcall");
  return new UpstreamFailure({
    code: "unexpected_answer",
    message: "Rollcall could not make sense of the answer.",
    detail: "internal",
  });
}
