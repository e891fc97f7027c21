import { afterEach, beforeEach, expect, test, vi } from "vitest";

let visibility: "visible" | "hidden" = "visible";
const page = Object.assign(new EventTarget(), {});

beforeEach(() => {
  // A file that ran before may have told this module the server's time.
  vi.resetModules();
  visibility = "visible";
  vi.stubGlobal(
    "document",
    Object.defineProperty(page, "visibilityState", { get: () => visibility, configurable: true }),
  );
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function turn(to: typeof visibility): void {
  visibility = to;
  page.dispatchEvent(new Event("visibilitychange"));
}

test("ticks each second, slower in a hidden tab, and at once when the tab is shown again", async () => {
  const { clockNow, subscribeToClock } = await import("./ticking-clock");
  const ticks: number[] = [];
  const end = subscribeToClock(() => ticks.push(clockNow() - 1_000_000));
  vi.advanceTimersByTime(2_000);
  expect(ticks).toEqual([1_000, 2_000]);
  turn("hidden");
  vi.advanceTimersByTime(12_000);
  // Slowly, but on: a title has to turn when its news has grown old.
  expect(ticks.slice(2)).toEqual([7_000, 12_000]);
  vi.advanceTimersByTime(1_400);
  turn("visible");
  expect(ticks.at(-1)).toBe(15_400);
  vi.advanceTimersByTime(1_000);
  expect(ticks.at(-1)).toBe(16_400);
  end();
  vi.advanceTimersByTime(60_000);
  turn("hidden");
  expect(ticks.at(-1)).toBe(16_400);
});

test("a later subscriber gets the present, not the last tick", async () => {
  const { clockNow, subscribeToClock } = await import("./ticking-clock");
  subscribeToClock(() => undefined)();
  expect(clockNow()).toBe(1_000_000);
  vi.advanceTimersByTime(50_000);
  const end = subscribeToClock(() => undefined);
  expect(clockNow()).toBe(1_050_000);
  end();
});
