/** Dispatched on the window once React has taken the page over. */
export const hydratedEvent = "rollcall:hydrated";

/**
 * An inline script for the beginning of the page. Until React has taken the page over, it keeps what a person does
 * that only React can act on, clicks on buttons and changes of fields, and then does it again, in the same order.
 * Forms are sent by the browser itself.
 */
export function earlyEventsScript(): string {
  return `(${keepEarlyEvents.toString()})(${JSON.stringify(hydratedEvent)})`;
}

/** Self-contained, since it is sent as text. Keeps the last act on each element, and at most 50 acts. */
function keepEarlyEvents(hydrated: string): void {
  const most = 50;
  const capture = { capture: true };
  const acts = new Map<Element, () => void>();
  const keep = (element: Element, act: () => void) => {
    acts.delete(element);
    acts.set(element, act);
    const [oldest] = acts.keys();
    if (acts.size > most && oldest !== undefined) acts.delete(oldest);
  };
  const hearClick = (event: Event) => {
    const { target } = event;
    const button = target instanceof Element ? target.closest<HTMLElement>("button[type=button]") : null;
    if (button === null) return;
    // React may already listen without being able to act, so only this script may handle the click.
    event.stopImmediatePropagation();
    button.setAttribute("aria-busy", "true");
    keep(button, () => {
      button.removeAttribute("aria-busy");
      button.click();
    });
  };
  const hearChange = ({ target }: Event) => {
    const isSelect = target instanceof HTMLSelectElement;
    if (!isSelect && !(target instanceof HTMLInputElement)) return;
    const { value } = target;
    keep(target, () => {
      if (target.value !== value) target.value = value;
      target.dispatchEvent(new Event(isSelect ? "change" : "input", { bubbles: true }));
    });
  };
  const replay = () => {
    window.removeEventListener("click", hearClick, capture);
    window.removeEventListener("input", hearChange, capture);
    window.removeEventListener("change", hearChange, capture);
    for (const [element, act] of [...acts]) if (element.isConnected) act();
    acts.clear();
  };
  window.addEventListener("click", hearClick, capture);
  window.addEventListener("input", hearChange, capture);
  window.addEventListener("change", hearChange, capture);
  window.addEventListener(hydrated, replay, { once: true });
}
