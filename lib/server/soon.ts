import "server-only";

/** A value that is known already, or a promise of it. */
export type Soon<T> = T | Promise<T>;

/**
 * Takes a value at once if it is known. A poll that is answered from memory then makes no promise: while Next tracks
 * asynchronous contexts, a few promises cost as much as the rest of the answer. Throws what `take` throws at once.
 */
export function whenKnown<T, R>(value: Soon<T>, take: (value: T) => Soon<R>): Soon<R> {
  return value instanceof Promise ? value.then(take) : take(value);
}
