import "server-only";

/** A value that is known already, or a promise of it. */
export type Soon<T> = T | Promise<T>;

/**
 * Takes a value at once if it is known. A poll that is answered from memory then makes no promise, and is
 * written in the turn in which it was asked for. Throws what `take` throws at once.
 */
export function whenKnown<T, R>(value: Soon<T>, take: (value: T) => Soon<R>): Soon<R> {
  return value instanceof Promise ? value.then(take) : take(value);
}
