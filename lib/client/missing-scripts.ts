import { pagePaths } from "@/lib/contract/paths";

import { hydratedEvent } from "./early-events";

/**
 * An inline script for the start of the page. If the page's scripts fail to load, because a newer build replaced them
 * or the server stopped in between, the page would never update but look current. This script shows that, and reloads
 * the page as soon as the server answers: once, or on a wall until the scripts load.
 */
export function missingScriptsScript(): string {
  return `(${healWithoutScripts.toString()})(${JSON.stringify(hydratedEvent)}, ${JSON.stringify(pagePaths.wall)})`;
}

/** Self-contained, because it is sent as text. */
function healWithoutScripts(hydrated: string, wall: string): void {
  const isUnattended = location.pathname === wall || location.pathname.startsWith(`${wall}/`);
  const loads = performance.getEntriesByType("navigation");
  const wasReloaded = loads.some((load) => "type" in load && load.type === "reload");
  const longest = 40_000;
  const capture = { capture: true };
  let note: HTMLElement | null = null;
  let isOver = false;
  const reloadAfter = (pause: number) => {
    setTimeout(() => {
      if (isOver) return;
      const patience = new AbortController();
      const limit = setTimeout(() => patience.abort(), 10_000);
      void fetch(location.href, { method: "HEAD", cache: "no-store", signal: patience.signal })
        .then(
          ({ ok }) => ok,
          () => false,
        )
        .then((isUp) => {
          clearTimeout(limit);
          if (isOver) return;
          if (isUp) location.reload();
          else reloadAfter(Math.min(longest, pause * 2));
        });
    }, pause);
  };
  const onError = ({ target }: Event) => {
    // Ignore the scripts of browser extensions.
    if (note !== null || !(target instanceof HTMLScriptElement) || !target.src.includes("/_next/")) return;
    const willReload = isUnattended || !wasReloaded;
    const next = willReload
      ? "It reloads by itself as soon as the server answers."
      : "Reload it to try again.";
    note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.className = "missing-scripts";
    note.textContent = `This page has not been updated since ${new Date().toTimeString().slice(0, 8)}, because its scripts could not be loaded. ${next}`;
    // Outside of the body, which React controls.
    document.documentElement.append(note);
    if (willReload) reloadAfter(wasReloaded ? longest : 10_000);
  };
  window.addEventListener("error", onError, capture);
  window.addEventListener(hydrated, () => {
    window.removeEventListener("error", onError, capture);
    isOver = true;
    note?.remove();
  });
}
