import "server-only";

import type { EndpointMemory } from "@/lib/server/watch/endpoint-memory";

/** Answers remembered from one memory. What is asked for beyond that, by names that are made up, is made each time. */
const mostNames = 200;

/**
 * Remembers, for as long as an endpoint's memory is the newest, what was made from it, so that many
 * viewers cost as much as one. A making under way is shared; one that failed is forgotten, and so is an answer
 * that is not `isLasting`.
 */
export function createOncePerPoll<T>(isLasting: (answer: T) => boolean = () => true) {
  const made = new WeakMap<EndpointMemory, Map<string, Promise<T>>>();
  return (memory: EndpointMemory, name: string, make: () => Promise<T>): Promise<T> => {
    const ofMemory = made.get(memory) ?? new Map<string, Promise<T>>();
    made.set(memory, ofMemory);
    const known = ofMemory.get(name);
    if (known !== undefined) return known;
    const making = make();
    if (ofMemory.size >= mostNames) return making;
    ofMemory.set(name, making);
    const forget = () => ofMemory.delete(name);
    making.then((answer) => isLasting(answer) || forget(), forget);
    return making;
  };
}
