import { end } from "./children.mjs";

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const LOOK_FOR_PARENT_MS = 500;

/**
 * From now on, an interruption ends this process and its children. A command that is meant to run until it is
 * interrupted (`isExpected`) then exits with 0. Returns a function that undoes this.
 */
export function endWhenInterrupted({ isExpected = false } = {}) {
  const listeners = Object.entries(SIGNALS).map(([signal, code]) => {
    const listener = () => void end(isExpected ? 0 : code);
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  if (process.env.npm_lifecycle_event !== undefined) endWithoutParent();
  return () => listeners.forEach((takeBack) => takeBack());
}

/** A killed npm sends no signal to its children; a changed parent is the only trace. */
function endWithoutParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, LOOK_FOR_PARENT_MS).unref();
}
