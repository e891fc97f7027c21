import { second, type Duration, type Instant } from "@/lib/domain/instant";

import { serverNow } from "./server-clock";

/**
 * One timer for every age on the page. It ticks once a second in a visible tab, and slowly in a hidden one, whose title
 * and icon still have to change when the data becomes old.
 */
const everyVisible: Duration = second;
const everyHidden: Duration = 5 * second;

const listeners = new Set<() => void>();
let timer: { handle: ReturnType<typeof setInterval>; every: Duration } | null = null;
let ticked: Instant | null = null;

function tick(): void {
  ticked = serverNow();
  for (const listener of listeners) listener();
}

function run(): void {
  const every =
    listeners.size === 0 ? null : document.visibilityState === "visible" ? everyVisible : everyHidden;
  if (every === (timer?.every ?? null)) return;
  // The clock was paused, so the next subscriber needs the current time.
  if (timer === null) ticked = serverNow();
  else clearInterval(timer.handle);
  timer = every === null ? null : { every, handle: setInterval(tick, every) };
}

/** A viewer who returns to the tab sees the current time immediately, not after the next tick. */
function turn(): void {
  run();
  if (document.visibilityState === "visible") tick();
}

/** Calls `listener` on every tick until the returned function is called. */
export function subscribeToClock(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener("visibilitychange", turn);
  listeners.add(listener);
  run();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener("visibilitychange", turn);
    run();
  };
}

/** The server's instant as of the last tick: between ticks the page does not change. */
export function clockNow(): Instant {
  ticked ??= serverNow();
  return ticked;
}
