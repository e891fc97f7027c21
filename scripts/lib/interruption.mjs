import { end } from "./children.mjs";

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const LOOK_FOR_PARENT_MS = 500;

/**
 * From here on an interruption ends this process and all that it started. A command that runs until it is
 * interrupted (`isExpected`) has then done its work and ends with 0. Answers with a way to take it back.
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

/** npm that is killed, rather than asked to end, tells nobody; another parent is the only trace. */
function endWithoutParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, LOOK_FOR_PARENT_MS).unref();
}
