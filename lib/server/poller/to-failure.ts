import "server-only";

import type { Log } from "@/lib/server/log";
import { UpstreamFailure } from "@/lib/server/upstream/failure";

/** Whatever broke during a poll, as a failure in words. What upstream did not cause is logged as our own fault. */
export function toFailure(error: unknown, log: Log): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error;
  log.error(
    { fault: error instanceof Error ? `${error.name}: ${error.message}` : typeof error },
    "A poll broke inside Rollcall.",
  );
  return new UpstreamFailure({
    code: "unexpected_answer",
    message: "Rollcall could not make sense of the answer.",
    detail: "internal",
  });
}
