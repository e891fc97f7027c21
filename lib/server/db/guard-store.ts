import "server-only";

import type { Breaker } from "./breaker";
import type { HistoryStore } from "./store";

type Ask = <T>(question: () => Promise<T>) => Promise<T>;

/** What of a store can be asked. What answers at once, without the database, is no part of it. */
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
 * The same store for what viewers cause, with every question behind the breaker. What is recorded (the store's own
 * questions) can be shown from memory, so it is not waited for while the database is slow; what concerns people,
 * screens and links (its tables) cannot, so it is.
 */
export function guardStore(history: HistoryStore, { ask, askPatiently }: Breaker): GuardedStore {
  return guard(history, ask, askPatiently);
}

/** Every function of these goes through `ask`, and every function of what they hold through `askWithin`. */
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
