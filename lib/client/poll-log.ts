import type { Polled } from "@/lib/contract/polled";
import { second, type Duration, type Instant } from "@/lib/domain/instant";
import type { Polling } from "@/lib/domain/connection";

import { serverNow } from "./time/server-clock";

/** When the server last answered on a path, and when the next request is due. All on the server's clock. */
export type PollTimes = Polling & {
  nextPollAt: Instant;
  /** The sentence for why the last request failed; null if it succeeded. */
  failure: string | null;
};

/** The times that follow from a response that arrived at `answeredAt`. */
export function toPollTimes(
  polled: Pick<Polled<unknown>, "age" | "nextPollIn">,
  answeredAt: Instant,
): PollTimes {
  return {
    observedAt: polled.age === null ? null : answeredAt - polled.age,
    answeredAt,
    interval: (polled.age ?? 0) + polled.nextPollIn,
    nextPollAt: answeredAt + polled.nextPollIn,
    failures: 0,
    failure: null,
  };
}

const timesByPath = new Map<string, PollTimes>();
const listeners = new Set<() => void>();

/**
 * The times of this browser's polls of `path`; undefined before the first. Kept beside the query cache because it
 * changes with every poll, and the data must not.
 */
export function pollTimes(path: string): PollTimes | undefined {
  return timesByPath.get(path);
}

export function notePolled(
  path: string,
  polled: Pick<Polled<unknown>, "age" | "nextPollIn">,
  answeredAt: Instant = serverNow(),
): void {
  note(path, toPollTimes(polled, answeredAt));
}

/** Keeps the times of the last answer, and schedules the next try. */
export function noteFailed(path: string, known: PollTimes, words: string): void {
  const failures = known.failures + 1;
  note(path, {
    ...known,
    failures,
    failure: words,
    nextPollAt: serverNow() + retryDelay(failures, Math.random()),
  });
}

function note(path: string, times: PollTimes): void {
  timesByPath.set(path, times);
  for (const listener of listeners) listener();
}

export function subscribeToPolls(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const firstDelay: Duration = second;
const longestDelay: Duration = 15 * second;

/** The pause after `failures` in a row: doubles up to 15 s, and is up to a quarter shorter by `chance` (0 to 1). */
export function retryDelay(failures: number, chance: number): Duration {
  const whole = Math.min(longestDelay, firstDelay * 2 ** (Math.max(1, failures) - 1));
  return whole * (1 - chance / 4);
}

const soonest: Duration = second / 2;

/** How long to wait until `dueAt`: never less than half a second, even if the server says so. */
export function untilDue(dueAt: number, now: number): Duration {
  return Math.max(soonest, dueAt - now);
}
