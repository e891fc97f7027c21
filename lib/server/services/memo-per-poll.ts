import "server-only";

import type { EndpointState } from "@/lib/server/state/endpoint-state";

/** Answers remembered from one memory. What is asked for beyond that, by names that are made up, is made each time. */
const mostNames = 200;

/**
 * Remembers, for as long as an endpoint's memory is the newest, what was made from it, so that many
 * viewers cost as much as one. A making under way is shared; one that failed is forgotten, and so is an answer
 * that is not `isLasting`.
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
