import "server-only";

import { minute, second, type Duration } from "@/lib/domain/instant";
import { formatDuration } from "@/lib/presentation/duration";

export type Unit = "rows" | "bytes" | "steps";

/** Called by long work with how much is done of how much; `total` is null while that is unknown. */
export type OnProgress = (done: number, total: number | null) => void;

type Stream = { write: (text: string) => unknown; isTTY?: boolean; columns?: number };

/** How long two lines are apart: on a terminal each replaces the former one. */
const betweenStatuses: Duration = second / 5;
const betweenLines: Duration = minute;

/** Before this, a rate would be a guess. */
const shortest: Duration = second;

/**
 * Runs long work and says on standard error how far it is: in place on a terminal, a line a minute elsewhere. Resolves
 * with what `work` does.
 */
export async function withProgress<T>(
  title: string,
  unit: Unit,
  work: (onProgress: OnProgress) => T | Promise<T>,
  { stream, tick }: { stream: Stream; tick: () => number } = {
    stream: process.stderr,
    tick: () => performance.now(),
  },
): Promise<T> {
  const isInPlace = stream.isTTY === true;
  // Some terminals report no width.
  const width = Math.max(stream.columns ?? 0, 40) - 1;
  const began = tick();
  let last = isInPlace ? -Infinity : began;
  const onProgress: OnProgress = (done, total) => {
    const now = tick();
    const isDone = isInPlace && done === total;
    if (!isDone && now - last < (isInPlace ? betweenStatuses : betweenLines)) return;
    last = now;
    const line = `${title}: ${describeProgress(unit, { done, total, elapsed: now - began })}`;
    stream.write(isInPlace ? `\r\u001b[K${line.slice(0, width)}` : `${line}\n`);
  };
  try {
    return await work(onProgress);
  } finally {
    if (isInPlace) stream.write("\r\u001b[K");
  }
}

/** `1,200 of 5,000 rows, 400 rows/s, about 9 s left`; without what is unknown. */
export function describeProgress(
  unit: Unit,
  { done, total, elapsed }: { done: number; total: number | null; elapsed: Duration },
): string {
  if (unit === "steps") return total === null ? `step ${done}` : `step ${done} of ${total}`;
  if (total !== null && done >= total) return `${amount(total, unit)}, finishing`;
  const parts = [total === null ? amount(done, unit) : `${figure(done, unit)} of ${amount(total, unit)}`];
  const rate = elapsed < shortest ? 0 : (done / elapsed) * second;
  if (rate > 0) parts.push(`${amount(Math.round(rate), unit)}/s`);
  if (rate > 0 && total !== null) {
    const left = Math.ceil((total - done) / rate) * second;
    parts.push(`about ${formatDuration(left)} left`);
  }
  return parts.join(", ");
}

function amount(count: number, unit: Unit): string {
  return `${figure(count, unit)} ${unit === "bytes" ? "MB" : unit}`;
}

function figure(count: number, unit: Unit): string {
  const digits = unit === "bytes" ? 1 : 0;
  const value = unit === "bytes" ? count / 1_000_000 : count;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
