import { createContext, useContext, useSyncExternalStore } from "react";

import type { Instant } from "@/lib/domain/instant";

import { subscribeToPolls } from "../poll-log";
import { subscribeToClock } from "./page-clock";
import { serverNow } from "./server-clock";

/** The instant at which the server drew the page: the first picture in the browser shows the same. */
export const DrawnAt = createContext<Instant>(0);

type Primitive = string | number | boolean | null;

/** The first instant after `now` at which a value changes by itself; Infinity if it never does. */
export type ChangesAt = (now: Instant) => Instant;

/**
 * A value derived from the present instant, for something to look at: it does not wake a page that is hidden, or while
 * `isInView` says that it is out of view. Only a changed value renders again, so `tell` returns a primitive.
 */
export function useTicking<T extends Primitive>(
  tell: (now: Instant) => T,
  changesAt: ChangesAt,
  isInView: () => boolean = always,
): T {
  const isSeen = () => document.visibilityState === "visible" && isInView();
  return useNow(tell, (listener) => subscribeToClock({ listener, changesAt, isSeen }));
}

/**
 * A value derived from this browser's polls and the present instant. It is current in a hidden tab too, whose title has
 * to turn when the data becomes old.
 */
export function usePolled<T extends Primitive>(tell: (now: Instant) => T, changesAt: ChangesAt = never): T {
  return useNow(tell, (listener) => {
    const endings = [subscribeToClock({ listener, changesAt, isSeen: always }), subscribeToPolls(listener)];
    return () => {
      for (const end of endings) end();
    };
  });
}

function useNow<T extends Primitive>(
  tell: (now: Instant) => T,
  subscribe: (listener: () => void) => () => void,
): T {
  const drawnAt = useContext(DrawnAt);
  return useSyncExternalStore(
    subscribe,
    () => tell(serverNow()),
    () => tell(drawnAt),
  );
}

function always(): boolean {
  return true;
}

function never(): Instant {
  return Infinity;
}
