import "server-only";

/**
 * Runs tasks one per turn of the event loop, in the order in which they came. What else arrives is answered in
 * between, so a burst of a thousand tasks makes nobody wait for all of them.
 */
export function createTurns(): (task: () => void) => void {
  const waiting: (() => void)[] = [];

  function runNext(): void {
    const task = waiting.shift();
    if (waiting.length > 0) setImmediate(runNext);
    task?.();
  }

  return (task) => {
    waiting.push(task);
    if (waiting.length === 1) setImmediate(runNext);
  };
}
