import { startTransition, useEffect, useState } from "react";

import { second, type Duration } from "@/lib/domain/instant";

import { reloadPage } from "./reload-page";

/**
 * A lazily loaded module; null until it's loaded. `load` must be the same function at every call. Set in a transition,
 * so that rendering the new part doesn't block the page. If loading fails, a newer build has replaced the file, so the
 * page reloads.
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

/** Calls `act` when the browser is idle, within two seconds. Returns a function that cancels it. */
export function whenIdle(act: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(act, latest);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(act, { timeout: latest });
  return () => cancelIdleCallback(request);
}
