import "server-only";

import type { Duration } from "@/lib/domain/instant";

/** Further ones are rejected: each holds one of 4,000 connections. */
const mostWaiting = 2_000;

export type Waiters = ReturnType<typeof createWaiters>;

/** Requests that wait for a poll of an endpoint. Each is a function in a set and a timer. */
export function createWaiters() {
  const byEndpoint = new Map<string, Set<() => void>>();
  let count = 0;
  let isEnded = false;

  function wakeAll(waiting: ReadonlySet<() => void>): void {
    for (const wake of waiting) wake();
  }

  return {
    count: () => count,
    /** Whether there is no place for another one. */
    isFull: () => count >= mostWaiting,
    /** Whether Rollcall is shutting down. */
    isEnded: () => isEnded,
    /** Call this after every poll of an endpoint. The waiting requests look once the poll itself has gone on. */
    wake: (endpointId: string): void => {
      const waiting = byEndpoint.get(endpointId);
      if (waiting !== undefined) setImmediate(wakeAll, waiting);
    },
    /** Resolves when `isOver` says so after a poll, and at the latest when time is over, the client left, or at `end`. */
    hold: (
      endpointId: string,
      { isOver, most, signal }: { isOver: () => boolean; most: Duration; signal: AbortSignal | undefined },
    ): Promise<void> =>
      new Promise((resolve) => {
        if (isEnded || signal?.aborted === true) {
          resolve();
          return;
        }
        const waiting = byEndpoint.get(endpointId) ?? new Set();
        byEndpoint.set(endpointId, waiting);
        const look = () => {
          if (isEnded || isOver()) leave();
        };
        const leave = () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", leave);
          if (!waiting.delete(look)) return;
          count -= 1;
          if (waiting.size === 0 && byEndpoint.get(endpointId) === waiting) byEndpoint.delete(endpointId);
          resolve();
        };
        const timer = setTimeout(leave, most);
        signal?.addEventListener("abort", leave);
        waiting.add(look);
        count += 1;
      }),
    /** Ends all of them, and those that come later, at once. */
    end: (): void => {
      isEnded = true;
      for (const waiting of byEndpoint.values()) wakeAll(waiting);
    },
  };
}
