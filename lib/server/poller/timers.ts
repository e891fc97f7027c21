import "server-only";

import type { Duration } from "@/lib/domain/instant";

type Work = () => Promise<void>;

/** setTimeout's limit; a longer wait is cut to it. */
const longestWait: Duration = 2_147_483_647;

export type Timers = ReturnType<typeof createTimers>;

/** One pending task per name. A running task keeps its name taken, so that it never overlaps itself. */
export function createTimers() {
  const pending = new Map<string, { timer: NodeJS.Timeout; work: Work } | "under way">();

  function plan(name: string, delay: Duration, work: Work): void {
    const former = pending.get(name);
    if (typeof former === "object") clearTimeout(former.timer);
    const timer = setTimeout(() => run(name, work), Math.min(delay, longestWait));
    pending.set(name, { timer, work });
  }

  function run(name: string, work: Work): void {
    pending.set(name, "under way");
    void work();
  }

  return {
    plan,
    has: (name: string) => pending.has(name),
    /** Runs the pending task of this name at once; a running one is left alone. */
    expedite: (name: string): void => {
      const waiting = pending.get(name);
      if (typeof waiting === "object") plan(name, 0, waiting.work);
    },
    /** Frees the name of a task that plans no successor. */
    end: (name: string): void => {
      pending.delete(name);
    },
    clear: (): void => {
      for (const waiting of pending.values()) if (typeof waiting === "object") clearTimeout(waiting.timer);
      pending.clear();
    },
  };
}
