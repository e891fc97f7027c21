import "server-only";

import type { EndpointMemory } from "@/lib/server/watch/endpoint-memory";
import { rollcall } from "@/lib/server/wiring";

import type { Encoded } from "./encoded";
import { createOncePerPoll } from "./once-per-poll";
import { toAge } from "./poll-hints";
import type { Answer } from "./read-endpoint";

/**
 * Answers about one endpoint that are made from its memory once a poll, whoever asks. Null for an endpoint
 * that is not watched, and for what `make` does not find. A stopgap is made anew for the next who asks.
 */
export function createAnswerOnce<T>() {
  const oncePerPoll = createOncePerPoll<Encoded<T> | null>((answer) => answer?.isStopgap !== true);
  return async (
    endpointId: string,
    name: string,
    make: (memory: EndpointMemory) => Promise<Encoded<T> | null>,
  ): Promise<Answer<T> | null> => {
    const { board, clock, schedule } = rollcall();
    const memory = board.get(endpointId);
    if (memory === undefined) return null;
    const encoded = await oncePerPoll(memory, name, () => make(memory));
    if (encoded === null) return null;
    const now = clock();
    return { ...encoded, age: toAge(memory, now), nextPollIn: schedule.nextPollIn(memory, now) };
  };
}
