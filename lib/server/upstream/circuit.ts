import "server-only";

import { second, type Duration } from "@/lib/domain/instant";

const failuresUntilOpen = 8;
const probeEvery: Duration = 10 * second;
/** While any endpoint was answered within this time, failures are treated as that endpoint's own. */
const answersCountFor: Duration = 10 * second;

/**
 * - `closed`: every call is made.
 * - `open`: no call is made until `probeAt`; the first call after that is the probe.
 * - `probing`: the probe is under way. Its answer closes the circuit, its failure opens it again.
 */
type CircuitState = { name: "closed" } | { name: "open"; probeAt: Duration } | { name: "probing" };

/**
 * A circuit breaker. It opens after eight failures in a row if nothing was answered for 10 s, so endpoints that fail
 * never block endpoints that are answered. `tick` is monotonic milliseconds: the wall clock may jump.
 */
export function createCircuit(tick: () => Duration) {
  let state: CircuitState = { name: "closed" };
  let failuresInRow = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;

  /** Milliseconds until a call may be made; 0 or less: now. */
  function waitTime(): Duration {
    if (state.name === "closed") return 0;
    return state.name === "probing" ? second : state.probeAt - tick();
  }

  /** Marks the start of a call; call one of the two functions it returns when the call ends. */
  function begin() {
    const isProbe = state.name === "open";
    if (isProbe) state = { name: "probing" };
    return {
      answered: (): void => {
        failuresInRow = 0;
        answeredAt = tick();
        if (isProbe) state = { name: "closed" };
      },
      failed: (): void => {
        failuresInRow += 1;
        const isSilent = failuresInRow >= failuresUntilOpen && tick() - answeredAt >= answersCountFor;
        if (isProbe || (state.name === "closed" && isSilent)) {
          state = { name: "open", probeAt: tick() + probeEvery };
        }
      },
    };
  }

  return { waitTime, begin };
}
