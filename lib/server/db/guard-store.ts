import "server-only";

import type { Breaker } from "./breaker";
import type { HistoryStore } from "./store";

type Ask = <T>(question: () => Promise<T>) => Promise<T>;

/** The asynchronous functions of a store, which are its queries. Synchronous ones do not use the database. */
type Questions<T> = {
  [
    Name in keyof T as T[Name] extends (...question: never) => infer Answer
      ? Answer extends Promise<unknown>
        ? Name
        : never
      : Name
  ]: T[Name] extends (...question: never) => unknown ? T[Name] : Questions<T[Name]>;
};

export type GuardedStore = Questions<HistoryStore>;

/**
 * The store for requests of viewers, with every query behind the breaker. Recorded history (the store's own functions)
 * can be shown from memory, so a slow database is not queried for it. Accounts, screens and links (its nested objects)
 * cannot, so those queries wait.
 */
export function guardStore(history: HistoryStore, { ask, askPatiently }: Breaker): GuardedStore {
  return guard(history, ask, askPatiently);
}

/** Wraps every function in `ask`, and every function of a nested object in `askWithin`. */
function guard<T extends object>(questions: T, ask: Ask, askWithin: Ask): T {
  const guarded = new Map<string | symbol, unknown>();
  return new Proxy(questions, {
    get: (target, name): unknown => {
      if (!guarded.has(name)) guarded.set(name, guardOne(Reflect.get(target, name), ask, askWithin));
      return guarded.get(name);
    },
  });
}

function guardOne(value: unknown, ask: Ask, askWithin: Ask): unknown {
  if (typeof value === "function") {
    return (...question: unknown[]) =>
      ask(async () => {
        const answer: unknown = await Reflect.apply(value, undefined, question);
        return answer;
      });
  }
  return typeof value === "object" && value !== null ? guard(value, askWithin, askWithin) : value;
}
