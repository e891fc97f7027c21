import { startTransition, useEffect, useState } from "react";

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
