/** Dispatched on the window after hydration. */
export const hydratedEvent = "rollcall:hydrated";

/**
 * An inline script for the start of the page. Until React has hydrated the page, it records clicks on buttons and
 * changes of fields, which only React can handle, and then replays them in the same order. The browser itself submits
 * forms.
 */
export function earlyEventsScript(): string {
  return `(${keepEarlyEvents.toString()})(${JSON.stringify(hydratedEvent)})`;
}

/** Self-contained, because it is sent as text. Keeps the last event of each element, and at most 50 in all. */
function keepEarlyEvents(hydrated: string): void {
  const most = 50;
  const capture = { capture: true };
  const replays = new Map<Element, () => void>();
  const keep = (element: Element, replayEvent: () => void) => {
    replays.delete(element);
    replays.set(element, replayEvent);
    const [oldest] = replays.keys();
    if (replays.size > most && oldest !== undefined) replays.delete(oldest);
  };
  const onClick = (event: Event) => {
    const { target } = event;
    const button = target instanceof Element ? target.closest<HTMLElement>("button[type=button]") : null;
    // The browser itself opens a popover.
    if (button === null || button.hasAttribute("popovertarget")) return;
    // React may already listen but not handle clicks yet, so this script stops the event.
    event.stopImmediatePropagation();
    button.setAttribute("aria-busy", "true");
    keep(button, () => {
      button.removeAttribute("aria-busy");
      button.click();
    });
  };
  const onChange = ({ target }: Event) => {
    const isSelect = target instanceof HTMLSelectElement;
    if (!isSelect && !(target instanceof HTMLInputElement)) return;
    const { value } = target;
    keep(target, () => {
      if (target.value !== value) target.value = value;
      target.dispatchEvent(new Event(isSelect ? "change" : "input", { bubbles: true }));
    });
  };
  const replay = () => {
    window.removeEventListener("click", onClick, capture);
    window.removeEventListener("input", onChange, capture);
    window.removeEventListener("change", onChange, capture);
    for (const [element, replayEvent] of [...replays]) if (element.isConnected) replayEvent();
    replays.clear();
  };
  window.addEventListener("click", onClick, capture);
  window.addEventListener("input", onChange, capture);
  window.addEventListener("change", onChange, capture);
  window.addEventListener(hydrated, replay, { once: true });
}
