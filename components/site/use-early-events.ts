import { useEffect } from "react";

import { hydratedEvent } from "@/lib/client/early-events";

/**
 * Replays the clicks made before hydration. In a timer, because Next's own effects, which connect the address with the
 * page's state, run after this one.
 */
export function useEarlyEvents(): void {
  useEffect(() => {
    const timer = setTimeout(() => window.dispatchEvent(new Event(hydratedEvent)));
    return () => clearTimeout(timer);
  }, []);
}
