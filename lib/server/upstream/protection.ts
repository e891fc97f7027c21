import "server-only";

import { circuitBreaker, CircuitState, handleAll, type IBreaker } from "cockatiel";

import type { CauseCode } from "@/lib/domain/cause";
import { second, type Duration } from "@/lib/domain/instant";

import { UpstreamFailure } from "./failure";

const failuresUntilOpen = 8;
const probeEvery: Duration = 10 * second;
/** While one endpoint was answered within this time, the others' failures are their own. */
const answersCountFor: Duration = 10 * second;

/** Failures that say Cerebras itself is in trouble, whichever endpoint is asked about. */
const outages: ReadonlySet<CauseCode> = new Set([
  "unreachable",
  "timed_out",
  "secure_connection_failed",
  "upstream_error",
]);

type Outcome<T> = { value: T } | { failure: unknown };

/**
 * Stands before every call of one key. After a prescribed pause (429, or 503 with Retry-After) no
 * call passes until it is over; after eight failures in a row, and none but failures for 10 s, the circuit opens and
 * lets one call through every 10 s. So endpoints that fail hold back none that are answered. What is held back fails
 * with the words of the last failure and the wait that is left, without touching the network. `tick` is monotonic
 * milliseconds.
 */
export function createProtection(tick: () => number) {
  let pause: { until: number; by: UpstreamFailure } | null = null;
  let lastOutage: UpstreamFailure | null = null;
  let probeAt = 0;
  let keysBefore = 0;
  // The library measures by the wall clock, which jumps: it would let a probe through at any time,
  // and `findHold` decides by `tick` when it may.
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: Number.NEGATIVE_INFINITY,
    breaker: createSilenceBreaker(tick),
  });

  breaker.onBreak(() => {
    probeAt = tick() + probeEvery;
  });

  /** Why a call made now would be held back; null when it would be made. */
  function findHold(): UpstreamFailure | null {
    if (pause !== null && pause.until > tick()) return toHeldBack(pause.by, pause.until - tick());
    if (lastOutage === null) return null;
    if (breaker.state === CircuitState.HalfOpen) return toHeldBack(lastOutage, second);
    if (breaker.state !== CircuitState.Open || probeAt <= tick()) return null;
    return toHeldBack(lastOutage, probeAt - tick());
  }

  async function guard<T>(call: () => Promise<T>): Promise<T> {
    const hold = findHold();
    if (hold !== null) throw hold;
    const outcome = await breaker.execute(() => settle(call));
    if ("failure" in outcome) throw outcome.failure;
    return outcome.value;
  }

  /** An answer that is no trouble (a 404, say) shows that Cerebras is there, and counts for the circuit as one. */
  async function settle<T>(call: () => Promise<T>): Promise<Outcome<T>> {
    const askedWith = keysBefore;
    try {
      return { value: await call() };
    } catch (failure) {
      if (!(failure instanceof UpstreamFailure)) return { failure };
      note(failure, askedWith);
      if (outages.has(failure.code)) throw failure;
      return { failure };
    }
  }

  function note(failure: UpstreamFailure, askedWith: number): void {
    if (outages.has(failure.code)) lastOutage = failure;
    // A pause prescribed to a former key does not concern the present one.
    if (failure.retryAfter === null || askedWith !== keysBefore) return;
    const until = tick() + failure.retryAfter;
    // Calls that were under way together may prescribe different pauses: the longest holds.
    if (pause === null || until > pause.until) pause = { until, by: failure };
  }

  return {
    guard,
    findHold,
    /** Forgets a prescribed pause, because the key it was prescribed to was replaced. */
    clearHolds: (): void => {
      pause = null;
      keysBefore += 1;
    },
  };
}

/** Opens after failures in a row without an answer for a while, and again when a probe fails. */
function createSilenceBreaker(tick: () => number): IBreaker {
  let failuresInRow = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  return {
    state: null,
    success: () => {
      failuresInRow = 0;
      answeredAt = tick();
    },
    failure: (state) => {
      failuresInRow += 1;
      if (state === CircuitState.HalfOpen) return true;
      return failuresInRow >= failuresUntilOpen && tick() - answeredAt >= answersCountFor;
    },
  };
}

function toHeldBack(by: UpstreamFailure, left: Duration): UpstreamFailure {
  const { code, message, status } = by;
  return new UpstreamFailure({
    code,
    message,
    detail: "held back",
    retryAfter: Math.ceil(left),
    ...(status === null ? {} : { status }),
  });
}
