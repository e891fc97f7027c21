import "server-only";

import { minute, type Duration, type Instant } from "@/lib/domain/instant";
import type { Observation } from "@/lib/domain/observation";
import { differInTextsOnly } from "@/lib/domain/transition";

/** Texts that change again within this time form a run; slower changes are kept one by one. */
const runWithin: Duration = 10 * minute;

/** An observation to record, and the instant of the one that it replaces. */
export type NewObservation = { observation: Observation; replaces: Instant | null };

/**
 * What to record of a state that differs from `last`. An error message may differ in every reply (an elapsed time, a
 * request id): of such a run history keeps the first, the newest, and the number between.
 */
export function toNewObservation(last: Observation | null, next: Observation): NewObservation {
  if (last === null || !differInTextsOnly(last.state, next.state))
    return { observation: next, replaces: null };
  const { messagesBetween } = last;
  if (messagesBetween === undefined || next.at - last.at > runWithin)
    return { observation: { ...next, messagesBetween: 0 }, replaces: null };
  return { observation: { ...next, messagesBetween: messagesBetween + 1 }, replaces: last.at };
}
