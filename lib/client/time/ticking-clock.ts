import { second, type Instant } from "@/lib/domain/instant";

import { serverNow } from "./server-clock";

/** One timer for every age on the page. It ticks once a second, and not while nobody looks. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let ticked: Instant | null = null;

function tick(): void {
  ticked = serverNow();
  for (const listener of listeners) listener();
}

function run(): void {
  const shouldRun = listeners.size > 0 && document.visibilityState === "visible";
  if (shouldRun && timer === null) timer = setInterval(tick, second);
  if (!shouldRun && timer !== null) {
    clearInterval(timer);
    timer = null;
  }
}

/** Calls `listener` on every tick until the returned function is called. */
export function subscribeToClock(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener("visibilitychange", run);
  listeners.add(listener);
  run();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener("visibilitychange", run);
    run();
  };
}

/** The server's instant as of the last tick: between ticks the picture keeps still. */
export function clockNow(): Instant {
  ticked ??= serverNow();
  return ticked;
}
