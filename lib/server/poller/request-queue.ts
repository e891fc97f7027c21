import "server-only";

import PQueue from "p-queue";

import { minute, type Duration } from "@/lib/domain/instant";

/** Requests that are likely to time out hold a place for seconds: they share this many. */
const slowAtOnce = 2;

/**
 * The line in which requests wait: at most `atOnce` of them under way, at most two of these likely to time
 * out, and at most `most` begun in any `window`. `tick` is monotonic milliseconds; the queue's own limit goes
 * by the wall clock, which jumps, and would stand still for as long as it jumped back.
 */
export function createRequestQueue(limits: {
  atOnce: number;
  most: number;
  tick: () => number;
  window?: Duration;
}) {
  const { atOnce, most, tick, window = minute } = limits;
  const queue = new PQueue({ concurrency: atOnce });
  /** Slow requests wait here first, so that they never fill the queue of all. */
  const slowQueue = new PQueue({ concurrency: slowAtOnce });
  let begun: number[] = [];
  let timer: NodeJS.Timeout | null = null;

  /** Notes that a request begins, and shuts the line where it was the last one that the window allows. */
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
     * Does the work when its turn has come; of what waits, the highest priority goes first. `isSlow`: the last
     * request of its kind timed out.
     */
    add: <T>(work: () => Promise<T>, priority: number, { isSlow = false } = {}): Promise<T> =>
      isSlow ? slowQueue.add(() => enqueue(work, priority), { priority }) : enqueue(work, priority),
    /** Forgets what waits; resolves when nothing is under way. */
    close: async (): Promise<void> => {
      slowQueue.clear();
      queue.clear();
      if (timer !== null) clearTimeout(timer);
      await queue.onIdle();
    },
  };
}
