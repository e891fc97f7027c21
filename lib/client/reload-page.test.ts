import { afterEach, beforeEach, expect, test, vi } from "vitest";

const minute = 60_000;

let loads: number[];
let isUp: boolean;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  loads = [];
  isUp = true;
  vi.stubGlobal("location", { href: "http://rollcall/wall", reload: () => loads.push(Date.now()) });
  vi.stubGlobal("fetch", () =>
    isUp ? Promise.resolve(new Response()) : Promise.reject(new TypeError("refused")),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A page that was just loaded, in a browser that keeps what it is given, or throws. */
async function load(how: "navigate" | "reload", storage: Map<string, string> | null) {
  vi.resetModules();
  vi.clearAllTimers();
  const start = Date.now();
  vi.stubGlobal("performance", { getEntriesByType: () => [{ type: how }], now: () => Date.now() - start });
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => {
      if (storage === null) throw new Error("refused");
      return storage.get(key) ?? null;
    },
    setItem: (key: string, value: string) => {
      if (storage === null) throw new Error("refused");
      storage.set(key, value);
    },
  });
  return import("./reload-page");
}

test("reloads a page once, as soon as its server answers", async () => {
  const { reloadPage } = await load("navigate", new Map());
  isUp = false;
  for (let call = 0; call < 5; call += 1) reloadPage();
  await vi.advanceTimersByTimeAsync(69_000);
  expect(loads).toEqual([]);
  isUp = true;
  await vi.advanceTimersByTimeAsync(41_000);
  // Tried after 0, 10, 30, 70 and 110 s.
  expect(loads).toEqual([70_000]);
});

test("a reloaded page waits until it is a minute old", async () => {
  const { reloadPage } = await load("reload", new Map());
  reloadPage();
  await vi.advanceTimersByTimeAsync(minute - 1);
  expect(loads).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(loads).toEqual([minute]);
});

test.each([
  ["keeps", new Map<string, string>()],
  ["refuses", null],
])("a browser that %s storage loads a page again for a new build within 30 s", async (_, storage) => {
  const { reloadForBuild } = await load("navigate", storage);
  reloadForBuild("next");
  reloadForBuild("next");
  await vi.advanceTimersByTimeAsync(30_000);
  expect(loads).toHaveLength(1);
});

test("reloads once for a server that names another build than it sends, and every 10 minutes without storage", async () => {
  const storage = new Map<string, string>();
  (await load("navigate", storage)).reloadForBuild("next");
  await vi.advanceTimersByTimeAsync(30_000);
  (await load("reload", storage)).reloadForBuild("next");
  await vi.advanceTimersByTimeAsync(60 * minute);
  expect(loads).toHaveLength(1);

  (await load("reload", null)).reloadForBuild("next");
  await vi.advanceTimersByTimeAsync(10 * minute - 1);
  expect(loads).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(loads).toHaveLength(2);
});
