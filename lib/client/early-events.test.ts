import { runInNewContext } from "node:vm";

import { beforeEach, expect, test } from "vitest";

import { earlyEventsScript, hydratedEvent } from "./early-events";

/** The parts of a page that the script uses. Events reach the window first, as in the capture phase. */
class FakeElement extends EventTarget {
  isConnected = true;
  value = "";
  readonly attributes = new Map<string, string>();

  constructor(
    readonly window: EventTarget,
    readonly kind: string,
  ) {
    super();
  }
  closest(selector: string): FakeElement | null {
    return selector === `button[type=${this.kind}]` ? this : null;
  }
  hasAttribute(name: string): boolean {
    return this.attributes.has(name);
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }
  click(): void {
    this.meet("click");
  }
  /** An event by a person; true if the script passed it on to the element. */
  meet(type: string): boolean {
    const event = new Event(type, { bubbles: true });
    Object.defineProperty(event, "target", { value: this });
    const stops: string[] = [];
    event.stopImmediatePropagation = () => stops.push(type);
    this.window.dispatchEvent(event);
    if (stops.length === 0) this.dispatchEvent(new Event(type));
    return stops.length === 0;
  }
  override dispatchEvent(event: Event): boolean {
    if (event.bubbles) return this.meet(event.type);
    return super.dispatchEvent(event);
  }
}
class FakeInput extends FakeElement {}
class FakeSelect extends FakeElement {}

let page: EventTarget;
let done: string[];

beforeEach(() => {
  page = new EventTarget();
  done = [];
  const globals = {
    window: page,
    Element: FakeElement,
    HTMLInputElement: FakeInput,
    HTMLSelectElement: FakeSelect,
    Event,
  };
  runInNewContext(earlyEventsScript(), globals);
});

/** An element with listeners in place of React's, which record their events. */
function put(name: string, element: FakeElement): FakeElement {
  for (const type of ["click", "input", "change"])
    element.addEventListener(type, () => done.push(`${type} ${name} ${element.value}`.trim()));
  return element;
}

function hydrate(): void {
  page.dispatchEvent(new Event(hydratedEvent));
}

test("replays clicks on buttons once, after hydration, in the order of the last click of each", () => {
  const dark = put("dark", new FakeElement(page, "button"));
  const light = put("light", new FakeElement(page, "button"));
  for (const button of [dark, light, dark]) expect(button.meet("click")).toBe(false);
  expect(done).toEqual([]);
  expect(dark.attributes.get("aria-busy")).toBe("true");
  hydrate();
  expect(done).toEqual(["click light", "click dark"]);
  expect(dark.attributes.has("aria-busy")).toBe(false);
  dark.meet("click");
  expect(done).toEqual(["click light", "click dark", "click dark"]);
  hydrate();
  expect(done).toHaveLength(3);
});

test("leaves submit buttons to the browser", () => {
  const submit = put("sign in", new FakeElement(page, "submit"));
  expect(submit.meet("click")).toBe(true);
  hydrate();
  expect(done).toEqual(["click sign in"]);
});

test("leaves buttons that open a popover to the browser", () => {
  const menu = put("menu", new FakeElement(page, "button"));
  menu.setAttribute("popovertarget", "menu");
  expect(menu.meet("click")).toBe(true);
  hydrate();
  expect(done).toEqual(["click menu"]);
});

test("replays what was typed and chosen last", () => {
  const search = put("search", new FakeInput(page, "search"));
  const status = put("status", new FakeSelect(page, "select"));
  search.value = "ac";
  search.meet("input");
  status.value = "error";
  status.meet("change");
  search.value = "acme";
  search.meet("input");
  done.length = 0;
  // React renders the value from the URL.
  status.value = "";
  hydrate();
  expect(done).toEqual(["change status error", "input search acme"]);
  expect(status.value).toBe("error");
});

test("ignores elements that were removed, and drops the oldest of more than 50 events", () => {
  const buttons = Array.from({ length: 60 }, (_, at) => put(String(at), new FakeElement(page, "button")));
  for (const button of buttons) button.meet("click");
  const [last] = buttons.slice(-1);
  if (last !== undefined) last.isConnected = false;
  hydrate();
  expect(done).toEqual(Array.from({ length: 49 }, (_, at) => `click ${at + 10}`));
});
