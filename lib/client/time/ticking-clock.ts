import { second, type Duration, type Instant } from "@/lib/domain/instant";

import { serverNow } from "./server-clock";

/**
 * One timer for every age on the page. It ticks once a second in a visible tab, and slowly in a hidden one:
 * a hidden tab's title and icon have to turn when what they say has grown old.
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
  // A pause ends here: the next reader gets the present.
  if (timer === null) ticked = serverNow();
  else clearInterval(timer.handle);
  timer = every === null ? null : { every, handle: setInterval(tick, every) };
}

/** A viewer who comes back sees the present at once, not after the next tick. */
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
