import "server-only";

import PQueue from "p-queue";

import { minute, type Duration } from "@/lib/domain/instant";

/** Requests that are likely to time out block a slot for seconds, so they share this many. */
const slowAtOnce = 2;

/**
 * The queue of upstream requests: at most `atOnce` under way, at most two of these likely to time out, and at most `most`
 * begun in any `window`. `tick` is monotonic milliseconds; p-queue's own rate limit uses the wall clock and would stall
 * when that jumps back.
 */
export function createRequestQueue(limits: {
  atOnce: number;
  most: number;
  tick: () => number;
  window?: Duration;
}) {
  const { atOnce, most, tick, window = minute } = limits;
  const queue = new PQueue({ concurrency: atOnce });
  /** Slow requests wait here first, so that they never fill the main queue. */
  const slowQueue = new PQueue({ concurrency: slowAtOnce });
  let begun: number[] = [];
  let timer: NodeJS.Timeout | null = null;

  /** Counts a request, and pauses the queue if it was the last one that the window allows. */
  function note(): void {
    const now = tick();
    begun = [...begun.filter((at) => now - at < window), now];
    const [oldest] = begun;
    if (begun.length < most || oldest === undefined) return;
    queue.pause();
    timer = setTimeout(() => queue.start(), Math.max(0, oldest + window - now) + 1);
  }

  function enqueue<T>(work: () => Promise<T>, priority: number): Promise<T> {
    return queue.add(
      () => {
        note();
        return work();
      },
      { priority },
    );
  }

  return {
    /**
     * Runs the work when its turn comes, highest priority first. `isSlow` means that the last request of its kind
     * timed out.
     */
    add: <T>(work: () => Promise<T>, priority: number, { isSlow = false } = {}): Promise<T> =>
      isSlow ? slowQueue.add(() => enqueue(work, priority), { priority }) : enqueue(work, priority),
    /** Drops what waits; resolves when nothing is under way. */
    close: async (): Promise<void> => {
      slowQueue.clear();
      queue.clear();
      if (timer !== null) clearTimeout(timer);
      await queue.onIdle();
    },
  };
}
