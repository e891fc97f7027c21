import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import { second, type Duration } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";
import { backoffDelay } from "@/lib/server/upstream/backoff";
import { UpstreamFailure } from "@/lib/server/upstream/failure";

const keyProbe: Duration = 60 * second;

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
