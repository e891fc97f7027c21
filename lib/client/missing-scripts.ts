import { hydratedEvent } from "./early-events";

/**
 * An inline script for the beginning of the page. A page whose scripts cannot be had, because a newer build took them
 * away or the server went in between, would stand as it was drawn and look current: it says so, and loads itself again
 * as soon as the server answers, on a wall until that helps, elsewhere once.
 */
export function missingScriptsScript(): string {
  return `(${healWithoutScripts.toString()})(${JSON.stringify(hydratedEvent)})`;
}

/** Self-contained, since it is sent as text. */
function healWithoutScripts(hydrated: string): void {
  const isUnattended = /^\/wall(\/|$)/.test(location.pathname);
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
  const hear = ({ target }: Event) => {
    // Scripts of browser extensions are none of ours.
    if (note !== null || !(target instanceof HTMLScriptElement) || !target.src.includes("/_next/")) return;
    const willReload = isUnattended || !wasReloaded;
    const next = willReload
      ? "It reloads by itself as soon as the server answers."
      : "Reload it to try again.";
    note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.className = "missing-scripts";
    note.textContent = `This page has not been updated since ${new Date().toTimeString().slice(0, 8)}, because its scripts could not be loaded. ${next}`;
    // Beside the body, which is React's.
    document.documentElement.append(note);
    if (willReload) reloadAfter(wasReloaded ? longest : 10_000);
  };
  window.addEventListener("error", hear, capture);
  window.addEventListener(hydrated, () => {
    window.removeEventListener("error", hear, capture);
    isOver = true;
    note?.remove();
  });
}
