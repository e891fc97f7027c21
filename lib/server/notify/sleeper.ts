import "server-only";

import type { Duration } from "@/lib/domain/instant";

/** Waits that can be cut short. A wake before the wait ends the next one at once, so that none is missed. */
export function createSleeper() {
  let isAwake = false;
  let end: () => void = () => undefined;
  return {
    sleep: async (duration: Duration): Promise<void> => {
      if (!isAwake) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, duration);
          timer.unref();
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isAwake = false;
    },
    wake: (): void => {
      isAwake = true;
      end();
    },
  };
}
