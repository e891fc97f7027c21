import { runInNewContext } from "node:vm";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { hydratedEvent } from "./early-events";
import { missingScriptsScript } from "./missing-scripts";

class Script {
  constructor(readonly src: string) {}
}

let page: EventTarget;
let isUp: boolean;
let loads: number[];
let notes: { textContent: string }[];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A page that was just drawn, with the script in it. */
function open(pathname: string, type: "navigate" | "reload"): void {
  [page, isUp, loads, notes] = [new EventTarget(), false, [], []];
  const create = () => {
    const note = {
      textContent: "",
      setAttribute: () => undefined,
      remove: () => void notes.splice(notes.indexOf(note), 1),
    };
    return note;
  };
  runInNewContext(missingScriptsScript(), {
    window: page,
    location: { pathname, href: `http://rollcall${pathname}`, reload: () => loads.push(Date.now()) },
    performance: { getEntriesByType: () => [{ type }] },
    document: {
      createElement: create,
      documentElement: { append: (note: { textContent: string }) => notes.push(note) },
    },
    fetch: () => (isUp ? Promise.resolve({ ok: true }) : Promise.reject(new TypeError("refused"))),
    HTMLScriptElement: Script,
    AbortController,
    Date,
    setTimeout,
    clearTimeout,
  });
}

function fail(src: string): void {
  const event = new Event("error");
  Object.defineProperty(event, "target", { value: new Script(src) });
  page.dispatchEvent(event);
}

test("a wall whose scripts are missing says so, and reloads once the server answers", async () => {
  open("/wall", "navigate");
  for (let script = 0; script < 5; script += 1) fail(`/_next/static/${script}.js`);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.textContent).toMatch(
    /^This page has not been updated since \d\d:\d\d:\d\d, because its scripts could not be loaded. It reloads by itself/,
  );
  await vi.advanceTimersByTimeAsync(65_000);
  expect(loads).toEqual([]);
  isUp = true;
  await vi.advanceTimersByTimeAsync(100_000);
  // Tried after 10, 30 and 70 s.
  expect(loads).toEqual([70_000]);
});

test("a wall that was reloaded tries every 40 s; another page that was reloaded leaves it to its reader", async () => {
  open("/wall", "reload");
  isUp = true;
  fail("/_next/static/1.js");
  await vi.advanceTimersByTimeAsync(39_999);
  expect(loads).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(loads).toHaveLength(1);

  open("/endpoints/a", "reload");
  isUp = true;
  fail("/_next/static/1.js");
  await vi.advanceTimersByTimeAsync(600_000);
  expect(loads).toEqual([]);
  expect(notes[0]?.textContent).toContain("Reload it to try again.");
});

test("leaves a page alone that React took over during the check, and ignores scripts of others", async () => {
  open("/wall", "navigate");
  fail("chrome-extension://blocked/1.js");
  expect(notes).toEqual([]);
  isUp = true;
  fail("/_next/static/1.js");
  vi.advanceTimersByTime(10_000);
  page.dispatchEvent(new Event(hydratedEvent));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(loads).toEqual([]);
});

test("leaves a page alone that React took over after all", async () => {
  open("/wall", "navigate");
  isUp = true;
  fail("/_next/static/1.js");
  page.dispatchEvent(new Event(hydratedEvent));
  expect(notes).toEqual([]);
  fail("/_next/static/2.js");
  await vi.advanceTimersByTimeAsync(600_000);
  expect([notes, loads]).toEqual([[], []]);
});
