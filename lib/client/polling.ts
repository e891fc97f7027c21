import type { Polled } from "@/lib/contract/polled";
import { second, type Instant } from "@/lib/domain/instant";

import { askServer, type PickSchema, type Reply } from "./api";
import { ApiFailure } from "./api-failure";
import { noteFailed, notePolled, pollTimes, toPollTimes, untilDue, type PollTimes } from "./poll-log";
import { monotonicNow } from "./time/monotonic";
import { noteServerInstant, serverNow } from "./time/server-clock";

/** A server's answer in the query cache. An unchanged answer stays the same object. */
export type Answer<T> = Polled<T> & { answeredAt: Instant };

/** Options of every query here: we schedule requests, and show failures instead of retrying inside the library. */
export const ownSchedule = {
  staleTime: Infinity,
  retry: false,
  networkMode: "always",
  refetchOnReconnect: false,
  refetchOnWindowFocus: false,
} as const;

type AskOptions<T> = {
  /** Sent as a bearer token. */
  token?: string | null;
  /** The address to request, if it differs from the path. */
  asked?: string;
  /** The instant of the observation; together with its age it gives the server's clock to the millisecond. */
  observedAt?: (body: T) => Instant | null;
  /** Has to resolve before the answer counts. */
  hold?: (answer: Answer<T>) => Promise<unknown>;
};

/** Requests once; returns the known answer itself if nothing changed. */
export async function ask<T>(
  path: string,
  pick: PickSchema<T>,
  known: Answer<T> | undefined,
  signal: AbortSignal,
  { token = null, asked = path, observedAt, hold }: AskOptions<T> = {},
): Promise<Answer<T>> {
  const reply = await askServer(asked, pick, { known, signal, token });
  const { polled, isUnchanged, cameAt } = reply;
  noteClock(reply, isUnchanged ? null : (observedAt?.(polled.body) ?? null));
  const answeredAt = serverNow() - (monotonicNow() - cameAt);
  const answer = isUnchanged && known !== undefined ? known : { ...polled, answeredAt };
  await hold?.(answer);
  notePolled(path, polled, answeredAt);
  return answer;
}

/** The Date header has whole seconds. */
const dateResolution = second;

function noteClock({ polled, saidAt, cameAt, took }: Reply<unknown>, observedAt: Instant | null): void {
  if (saidAt === null) return;
  const preciseAt = observedAt === null || polled.age === null ? saidAt : observedAt + polled.age;
  const isExact = preciseAt > saidAt && preciseAt <= saidAt + dateResolution;
  noteServerInstant(isExact ? preciseAt : saidAt, {
    at: cameAt,
    within: isExact ? took : took + dateResolution,
  });
}

/** As `ask`, for polls: a failure schedules the next try before it is thrown. */
export async function poll<T>(
  path: string,
  pick: PickSchema<T>,
  known: Answer<T> | undefined,
  signal: AbortSignal,
  options: AskOptions<T> = {},
): Promise<Answer<T>> {
  try {
    return await ask(path, pick, known, signal, options);
  } catch (error) {
    if (error instanceof ApiFailure && known !== undefined) {
      noteFailed(path, timesOf(path, known), error.message);
    }
    throw error;
  }
}

/** When the server last answered on a path: to this browser's polls, or with the page. */
export function timesOf(path: string, answer: Answer<unknown>): PollTimes {
  const times = pollTimes(path);
  const isOlder = times !== undefined && times.failures === 0 && times.answeredAt < answer.answeredAt;
  return times === undefined || isOlder ? toPollTimes(answer, answer.answeredAt) : times;
}

/** Whether this browser failed or paused long enough to have missed changes. */
export function hasBeenAway(path: string, answer: Answer<unknown>): boolean {
  const { failures, answeredAt, interval } = timesOf(path, answer);
  return failures > 0 || serverNow() - answeredAt > 2 * interval;
}

/** How long until a path is polled again; half a second while it has no answer. */
export function untilNextPoll(path: string, answer: Answer<unknown> | undefined): number {
  const now = serverNow();
  return untilDue(answer === undefined ? now : timesOf(path, answer).nextPollAt, now);
}
