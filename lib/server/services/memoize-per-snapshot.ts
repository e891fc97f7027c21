import "server-only";

import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { rollcall } from "@/lib/server/wiring";

import type { Encoded } from "./encoded";
import { createMemoPerPoll } from "./memo-per-poll";
import { toAge } from "./poll-schedule";
import type { Answer } from "./read-endpoint";

/**
 * Answers about one endpoint that are made from its memory once a poll, whoever asks. Null for an endpoint
 * that is not watched, and for what `make` does not find. A stopgap is made anew for the next who asks.
 */
export function createMemoizePerSnapshot<T>() {
  const memoPerPoll = createMemoPerPoll<Encoded<T> | null>((answer) => answer?.isStopgap !== true);
  return async (
    endpointId: string,
    name: string,
    make: (endpointState: EndpointState) => Promise<Encoded<T> | null>,
  ): Promise<Answer<T> | null> => {
    const { endpointStore, clock, schedule } = rollcall();
    const endpointState = endpointStore.get(endpointId);
    if (endpointState === undefined) return null;
    const encoded = await memoPerPoll(endpointState, name, () => make(endpointState));
    if (encoded === null) return null;
    const now = clock();
    return {
      ...encoded,
      age: toAge(endpointState, now),
      nextPollIn: schedule.nextPollIn(endpointState, now),
    };
  };
}
