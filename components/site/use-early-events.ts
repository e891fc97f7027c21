import { useEffect } from "react";

import { hydratedEvent } from "@/lib/client/early-events";

/**
 * Has what people did before React took the page over be done now. Not within the effect: the framework's own
 * effects, which make the address part of the page's state, come after those of what it draws.
 */
export function useEarlyEvents(): void {
  useEffect(() => {
    const timer = setTimeout(() => window.dispatchEvent(new Event(hydratedEvent)));
    return () => clearTimeout(timer);
  }, []);
}
