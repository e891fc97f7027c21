import { useSyncExternalStore } from "react";

const never = (): (() => void) => () => undefined;

/** False on the server and in the browser's first picture, which must be the same; true ever after. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
