import { startTransition, useEffect, useState } from "react";

import { second, type Duration } from "@/lib/domain/instant";

import { reloadPage } from "./reload-page";

/**
 * Scripts that are fetched once they are wanted; null until they are there. `load` must be the same
 * function at every call. What they draw is drawn in slices, between which the page answers its viewer.
 * Scripts that are gone mean a newer build, which loading the page again brings.
 */
export function useLazy<T extends object>(load: () => Promise<T>, isWanted: boolean): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let isAwaited = true;
    load().then(
      (module) => isAwaited && startTransition(() => setLoaded(module)),
      () => reloadPage(),
    );
    return () => {
      isAwaited = false;
    };
  }, [isWanted, load]);
  return loaded;
}

const latest: Duration = 2 * second;

/** Calls `act` in a quiet moment, within two seconds. Answers with a way to call it off. */
export function whenIdle(act: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(act, latest);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(act, { timeout: latest });
  return () => cancelIdleCallback(request);
}
