import "server-only";

import type { CauseCode } from "@/lib/domain/cause";
import type { Duration } from "@/lib/domain/instant";

import { createCircuit } from "./circuit";
import { UpstreamFailure } from "./failure";

/** Failures that mean that Cerebras itself is down, for every endpoint. */
const outages: ReadonlySet<CauseCode> = new Set([
  "unreachable",
  "timed_out",
  "secure_connection_failed",
  "upstream_error",
]);

/**
 * Stands before every call made with one key. It makes no call during a prescribed pause (429, or 503 with Retry-After)
 * or while the circuit is open. A call that is held back fails with the last failure's message and the remaining wait,
 * without touching the network. `tick` is monotonic milliseconds.
 */
export function createProtection(tick: () => Duration) {
  const circuit = createCircuit(tick);
  let pause: { until: Duration; by: UpstreamFailure } | null = null;
  let lastOutage: UpstreamFailure | null = null;
  let keysBefore = 0;

  /** Why a call made now would be held back; null if it would be made. */
  function findHold(): UpstreamFailure | null {
    if (pause !== null && pause.until > tick()) return toHeldBack(pause.by, pause.until - tick());
    const wait = circuit.waitTime();
    return wait > 0 && lastOutage !== null ? toHeldBack(lastOutage, wait) : null;
  }

  /** Makes the call, or throws why it is held back. Any answer, even a 404, shows that Cerebras is up. */
  async function guard<T>(call: () => Promise<T>): Promise<T> {
    const hold = findHold();
    if (hold !== null) throw hold;
    const askedWith = keysBefore;
    const { answered, failed } = circuit.begin();
    try {
      const value = await call();
      answered();
      return value;
    } catch (failure) {
      if (failure instanceof UpstreamFailure) note(failure, askedWith);
      if (failure instanceof UpstreamFailure && outages.has(failure.code)) failed();
      else answered();
      throw failure;
    }
  }

  function note(failure: UpstreamFailure, askedWith: number): void {
    if (outages.has(failure.code)) lastOutage = failure;
    // A pause prescribed for a previous key does not apply to the current one.
    if (failure.retryAfter === null || askedWith !== keysBefore) return;
    const until = tick() + failure.retryAfter;
    // Concurrent calls may prescribe different pauses: the longest applies.
    if (pause === null || until > pause.until) pause = { until, by: failure };
  }

  return {
    guard,
    findHold,
    /** Drops a prescribed pause, because the key it was prescribed for was replaced. */
    clearHolds: (): void => {
      pause = null;
      keysBefore += 1;
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
