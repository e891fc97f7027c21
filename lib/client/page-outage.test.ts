import { afterEach, beforeEach, expect, test, vi } from "vitest";

let redraws: number[];
let loads: number[];
let isUp: boolean;
let loadedBy: string;
let storage: Map<string, string> | null;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  [redraws, loads, isUp, loadedBy, storage] = [[], [], false, "navigate", new Map()];
  vi.stubGlobal("location", { href: "http://rollcall/wall", reload: () => loads.push(Date.now()) });
  vi.stubGlobal("performance", { getEntriesByType: () => [{ type: loadedBy }], now: () => 0 });
  vi.stubGlobal("fetch", () =>
    isUp ? Promise.resolve(new Response()) : Promise.reject(new TypeError("refused")),
  );
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept().get(key) ?? null,
    setItem: (key: string, value: string) => kept().set(key, value),
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function kept(): Map<string, string> {
  if (storage === null) throw new Error("refused");
  return storage;
}

/** A load of the page that can never be drawn; its message stays mounted, or is mounted again. */
async function breakPage({ isNew = true, most = Infinity } = {}) {
  vi.resetModules();
  const { notePageOutage, keepRedrawing } = await import("./page-outage");
  let since: number | undefined;
  let end: () => void = () => undefined;
  const draw = () => {
    const outage = notePageOutage(Date.now());
    since = outage.since;
    const redraw = () => {
      redraws.push(Date.now() - 1_000_000);
      if (!isNew) return;
      end();
      draw();
    };
    end = keepRedrawing(outage, redraw, most);
  };
  draw();
  return { since: () => since, end: () => end() };
}

test.each([true, false])(
  "while the server is away it retries after 10, 20, and then every 40 s, message mounted again: %j",
  async (isNew) => {
    const { since } = await breakPage({ isNew });
    await vi.advanceTimersByTimeAsync(151_000);
    expect(redraws).toEqual([10_000, 30_000, 70_000, 110_000, 150_000]);
    expect(since()).toBe(1_000_000);
    isUp = true;
    await vi.advanceTimersByTimeAsync(40_000);
    expect(loads).toHaveLength(1);
  },
);

test.each([["keeps"], ["refuses"]])(
  "a page that cannot be drawn after a reload either slows down, in a browser that %s storage",
  async (what) => {
    if (what === "refuses") storage = null;
    isUp = true;
    (await breakPage()).end();
    await vi.advanceTimersByTimeAsync(5_000);
    loadedBy = "reload";
    const { since } = await breakPage();
    const pause = what === "keeps" ? 20_000 : 40_000;
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(loads).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(loads).toHaveLength(1);
    expect(since()).toBe(what === "keeps" ? 1_000_000 : 1_005_000);
  },
);

test("a failure after two good minutes starts a new outage", async () => {
  (await breakPage()).end();
  await vi.advanceTimersByTimeAsync(120_000);
  const { since } = await breakPage();
  expect(since()).toBe(1_120_000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(redraws).toEqual([130_000]);
});

test("tries an attended page once", async () => {
  await breakPage({ isNew: false, most: 1 });
  await vi.advanceTimersByTimeAsync(300_000);
  expect(redraws).toEqual([10_000]);
});

test("does not try after it was canceled", async () => {
  (await breakPage()).end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(redraws).toEqual([]);
});
