import { createContext, useContext, useSyncExternalStore } from "react";

import type { Instant } from "@/lib/domain/instant";

import { subscribeToPolls } from "../poll-log";
import { clockNow, subscribeToClock } from "./ticking-clock";

/** The instant at which the server drew the page: the first picture in the browser shows the same. */
export const DrawnAt = createContext<Instant>(0);

function subscribe(listener: () => void): () => void {
  const endings = [subscribeToClock(listener), subscribeToPolls(listener)];
  return () => {
    for (const end of endings) end();
  };
}

/**
 * A value derived from the present instant and from when the server last answered. Only a changed value renders
 * again, so `tell` returns a primitive.
 */
export function useTicking<T extends string | number | boolean | null>(tell: (now: Instant) => T): T {
  const drawnAt = useContext(DrawnAt);
  return useSyncExternalStore(
    subscribe,
    () => tell(clockNow()),
    () => tell(drawnAt),
  );
}
