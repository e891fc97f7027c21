import { second, type Duration } from "@/lib/domain/instant";

const first: Duration = second;
const longest: Duration = 15 * second;

/** The pause after so many failures in a row: doubling up to 15 s, up to a quarter shorter by `chance` (0 to 1). */
export function retryDelay(failures: number, chance: number): Duration {
  const whole = Math.min(longest, first * 2 ** (Math.max(1, failures) - 1));
  return whole * (1 - chance / 4);
}

const soonest: Duration = second / 2;

/** How long to wait until `dueAt`: never less than half a second, whatever the server hands out. */
export function untilDue(dueAt: number, now: number): Duration {
  return Math.max(soonest, dueAt - now);
}
