import { useRouter } from "next/navigation";
import { useCallback, useEffect } from "react";

import { toClientAddress, withinDocument } from "@/lib/client/client-navigation";

/**
 * Follows the plain links of the page without a new document where that is safe. Returns a function that opens a page
 * in the same way.
 */
export function useClientNavigation(): (href: string) => void {
  const router = useRouter();
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      const address = link === null ? null : toClientAddress(link, event, location.href, performance.now());
      if (link === null || address === null) return;
      event.preventDefault();
      // The header stays, and so would its menu.
      link.closest<HTMLElement>("[popover]")?.hidePopover();
      router.push(address);
    };
    // React's own handlers run before those of the window.
    window.addEventListener("click", follow);
    return () => window.removeEventListener("click", follow);
  }, [router]);
  return useCallback(
    (href) => {
      const address = withinDocument(href, location.href, performance.now());
      if (address === null) location.assign(href);
      else router.push(address);
    },
    [router],
  );
}
