"use client";

import { useEffect, useState } from "react";

import { useHydrated } from "@/lib/client/time/use-hydrated";
import { useLazy } from "@/lib/client/use-lazy";
import type { Viewer } from "@/lib/contract/session";

import type { PageLink } from "./page-links";
import { useClientNavigation } from "./use-client-navigation";

const load = () => import("./command-menu");

/** Opens the command menu, as Ctrl+K and ⌘K do. It loads when it is first wanted. */
export function FindButton({ links, viewer }: { links: readonly PageLink[]; viewer: Viewer }) {
  const [isOpen, setIsOpen] = useState(false);
  const openPage = useClientNavigation();
  const menu = useLazy(load, isOpen);
  const isMac = useHydrated() && /Mac|iPhone|iPad/.test(navigator.platform);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
      if (key.toLowerCase() !== "k" || ctrlKey === metaKey || shiftKey || altKey) return;
      event.preventDefault();
      setIsOpen(true);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
        className="needs-scripts flex h-full cursor-pointer items-center gap-2 text-caption text-quiet hover:text-ink"
      >
        Find
        <kbd aria-hidden className="w-[3.25rem] border border-line text-center font-sans max-sm:hidden">
          {isMac ? "⌘ K" : "Ctrl K"}
        </kbd>
      </button>
      {isOpen && menu !== null && (
        <menu.CommandMenu
          links={links}
          viewer={viewer}
          openPage={openPage}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
