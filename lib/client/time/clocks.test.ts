import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.useRealTimers();
  vi.resetModules();
});

async function startAt(wall: number) {
  vi.useFakeTimers({ now: wall, toFake: ["Date", "performance"] });
  return { ...(await import("./monotonic")), ...(await import("./server-clock")) };
}

test("the server's time goes on by itself, whatever this machine's clock says", async () => {
  const { serverNow, noteServerInstant } = await startAt(5_000);
  noteServerInstant(1_000_000, 500);
  expect(serverNow()).toBe(1_000_500);
  vi.advanceTimersByTime(1_500);
  expect(serverNow()).toBe(1_002_000);
});

test("travel time does not move the clock, a clock that was set does", async () => {
  const { serverNow, noteServerInstant } = await startAt(5_000);
  noteServerInstant(1_000_000);
  noteServerInstant(1_001_900);
  expect(serverNow()).toBe(1_000_000);
  noteServerInstant(1_060_000);
  expect(serverNow()).toBe(1_060_000);
});

test("time slept through counts, and a wall clock set back does not", async () => {
  const { monotonicNow } = await startAt(5_000);
  const before = monotonicNow();
  vi.setSystemTime(5_000 + 3_600_000);
  expect(monotonicNow() - before).toBe(3_600_000);
  vi.setSystemTime(5_000);
  expect(monotonicNow() - before).toBe(3_600_000);
});
