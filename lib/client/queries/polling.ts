import type { Polled } from "@/lib/contract/polled";
import type { Instant } from "@/lib/domain/instant";

import { askServer, type PickSchema } from "../api";
import { ApiFailure } from "../api-failure";
import { notePolled, noteFailed, pollTimes, toPollTimes, type PollTimes } from "../poll-log";
import { untilDue } from "../retry-delay";
import { noteServerInstant, serverNow } from "../time/server-clock";

/** A server's answer in the query cache. An unchanged answer leaves the very object in place. */
export type Answer<T> = Polled<T> & { answeredAt: Instant };

/** Options that every query here shares: we decide when to ask, and failing is told, not retried inside. */
export const ownSchedule = {
  staleTime: Infinity,
  retry: false,
  networkMode: "always",
  refetchOnReconnect: false,
  refetchOnWindowFocus: false,
} as const;

/** A token that is sent as bearer, and where to ask if the path alone does not say what is wanted. */
type Ways = { token?: string | null; asked?: string };

/** Asks once; the answer that is known comes back untouched where nothing is new. */
export async function ask<T>(
  path: string,
  pick: PickSchema<T>,
  known: Answer<T> | undefined,
  signal: AbortSignal,
  { token = null, asked = path }: Ways = {},
): Promise<Answer<T>> {
  const { polled, isUnchanged, saidAt } = await askServer(asked, pick, { known, signal, token });
  if (saidAt !== null) noteServerInstant(saidAt, halfOfWholeSecond);
  notePolled(path, polled);
  return isUnchanged && known !== undefined ? known : { ...polled, answeredAt: serverNow() };
}

/** The Date header is cut to whole seconds: on average it is half a second old. */
const halfOfWholeSecond = 500;

/** As `ask`, for what is asked again and again: a failure plans the next try before it is thrown. */
export async function poll<T>(
  path: string,
  pick: PickSchema<T>,
  known: Answer<T> | undefined,
  signal: AbortSignal,
  ways: Ways = {},
): Promise<Answer<T>> {
  try {
    return await ask(path, pick, known, signal, ways);
  } catch (error) {
    if (error instanceof ApiFailure && known !== undefined) {
      noteFailed(path, timesOf(path, known), error.message);
    }
    throw error;
  }
}

/** When a path was last heard: by this browser's polls, or by the answer that came with the page. */
export function timesOf(path: string, answer: Answer<unknown>): PollTimes {
  const times = pollTimes(path);
  const isOlder = times !== undefined && times.failures === 0 && times.answeredAt < answer.answeredAt;
  return times === undefined || isOlder ? toPollTimes(answer, answer.answeredAt) : times;
}

/** Whether this browser failed to ask, or paused, for so long that there may be more news than the answer tells. */
export function hasBeenAway(path: string, answer: Answer<unknown>): boolean {
  const { failures, answeredAt, interval } = timesOf(path, answer);
  return failures > 0 || serverNow() - answeredAt > 2 * interval;
}

/** How long until a path is asked again; half a second while nothing is known of it. */
export function untilNextPoll(path: string, answer: Answer<unknown> | undefined): number {
  const now = serverNow();
  return untilDue(answer === undefined ? now : timesOf(path, answer).nextPollAt, now);
}
