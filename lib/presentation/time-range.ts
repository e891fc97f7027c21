import { hour, minute, second, type Duration } from "@/lib/domain/instant";

import { formatDuration } from "./duration";

/** Up to this long, a range is written in seconds. */
const inSeconds: Duration = 90 * second;

/** A time between two limits, rounded to their unit: `40–80 s`, `8–13 min`, `1 h 5 min to 1 h 40 min`. */
export function rangeText(low: Duration, high: Duration): string {
  const [unit, name] = high <= inSeconds ? [second, "s"] : [minute, "min"];
  const most = Math.max(1, Math.round(high / unit));
  const least = high < unit ? most : Math.round(low / unit);
  if (least === 0) return `${formatDuration(low)} to ${formatDuration(high)}`;
  if (most * unit >= hour) {
    const [from, to] = [formatDuration(least * unit), formatDuration(most * unit)];
    return from === to ? to : `${from} to ${to}`;
  }
  return least === most ? `${most} ${name}` : `${least}–${most} ${name}`;
}
