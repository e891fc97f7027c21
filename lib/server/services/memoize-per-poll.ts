import "server-only";

import type { Context } from "@/lib/server/context";
import type { EndpointState } from "@/lib/server/state/endpoint-state";

import type { Answer, Encoded } from "./answer";
import { notFound } from "./errors";
import { toAge } from "./poll-schedule";

/** Answers kept for one state of an endpoint. Further ones, under names that clients invent, are made each time. */
const mostNames = 200;

/**
 * Keeps what was made from an endpoint's state until the next poll replaces that state, so that many viewers cost as
 * much as one. Concurrent callers share one making. What failed, or is not `isLasting`, is not kept.
 */
export function createMemoPerPoll<T>(isLasting: (answer: T) => boolean = () => true) {
  const made = new WeakMap<EndpointState, Map<string, Promise<T>>>();
  return (endpointState: EndpointState, name: string, make: () => Promise<T>): Promise<T> => {
    const ofState = made.get(endpointState) ?? new Map<string, Promise<T>>();
    made.set(endpointState, ofState);
    const known = ofState.get(name);
    if (known !== undefined) return known;
    const making = make();
    if (ofState.size >= mostNames) return making;
    ofState.set(name, making);
    const invalidate = () => ofState.delete(name);
    making.then((answer) => isLasting(answer) || invalidate(), invalidate);
    return making;
  };
}

/**
 * Answers about one endpoint, made from its state once per poll. Throws not_found for an endpoint that is not watched,
 * and if `make` resolves with null. A stopgap is made again for the next caller. What was made while history could not
 * be written is kept only until it can: it may lack what the state shows.
 */
export function createMemoizePerPoll<T>() {
  const memoPerPoll = createMemoPerPoll<Encoded<T> | null>((answer) => answer?.isStopgap !== true);
  return async (
    { endpointStore, clock, schedule, election }: Context,
    { endpointId, name }: { endpointId: string; name: string },
    make: (endpointState: EndpointState) => Promise<Encoded<T> | null>,
  ): Promise<Answer<T>> => {
    const endpointState = endpointStore.get(endpointId);
    if (endpointState === undefined) throw notFound();
    const kept = election.outage() === null ? name : `${name} during an outage`;
    const encoded = await memoPerPoll(endpointState, kept, () => make(endpointState));
    if (encoded === null) throw notFound();
    const now = clock();
    const listing = endpointStore.listingOf(endpointId);
    return {
      ...encoded,
      age: toAge(endpointState, now, listing),
      nextPollIn: schedule.nextPollIn(endpointState, now, listing),
    };
  };
}
