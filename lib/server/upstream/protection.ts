import "server-only";

import { circuitBreaker, ConsecutiveBreaker, handleWhen, isBrokenCircuitError } from "cockatiel";

import type { CauseCode } from "@/lib/domain/cause";
import { second, type Duration } from "@/lib/domain/instant";

import { UpstreamFailure } from "./failure";

const failuresUntilOpen = 8;
const probeEvery: Duration = 10 * second;

/** Failures that say Cerebras itself is in trouble, whichever endpoint is asked about. */
const troubles: ReadonlySet<CauseCode> = new Set([
  "unreachable",
  "timed_out",
  "secure_connection_failed",
  "upstream_error",
]);

/**
 * Stands before every call of one key. After a prescribed pause (429, or 503 with Retry-After) no
 * call passes until it is over; after eight failures in a row the circuit opens and lets one call
 * through every 10 s. What is held back fails with the words of the last
 * failure and the wait that is left, without touching the network. `tick` is monotonic milliseconds.
 */
export function createProtection(tick: () => number) {
  let held: { until: number; by: UpstreamFailure } | null = null;
  let lastTrouble: UpstreamFailure | null = null;
  let opensAgainAt = 0;
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof UpstreamFailure && troubles.has(error.code)),
    { halfOpenAfter: probeEvery, breaker: new ConsecutiveBreaker(failuresUntilOpen) },
  );

  breaker.onBreak(() => {
    opensAgainAt = tick() + probeEvery;
  });

  async function guard<T>(call: () => Promise<T>): Promise<T> {
    if (held !== null && held.until > tick()) throw again(held.by, held.until - tick());
    try {
      return await breaker.execute(call);
    } catch (error) {
      if (isBrokenCircuitError(error)) throw toHeldBack();
      if (error instanceof UpstreamFailure) note(error);
      throw error;
    }
  }

  function note(failure: UpstreamFailure): void {
    if (troubles.has(failure.code)) lastTrouble = failure;
    if (failure.retryAfter !== null) held = { until: tick() + failure.retryAfter, by: failure };
  }

  function toHeldBack(): UpstreamFailure {
    const left = Math.max(second, opensAgainAt - tick());
    const unreachable = {
      code: "unreachable",
      message: "Cerebras could not be reached.",
      detail: "held back",
    } as const;
    return again(lastTrouble ?? new UpstreamFailure(unreachable), left);
  }

  return {
    guard,
    /** Forgets a prescribed pause, because the key it was prescribed to was replaced. */
    forgetHolds: (): void => {
      held = null;
    },
  };
}

function again(failure: UpstreamFailure, retryAfter: Duration): UpstreamFailure {
  const { code, message, status } = failure;
  return new UpstreamFailure({
    code,
    message,
    detail: "held back",
    retryAfter: Math.ceil(retryAfter),
    ...(status === null ? {} : { status }),
  });
}
