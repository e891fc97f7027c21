import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.useRealTimers();
});

async function startAt(wall: number) {
  vi.resetModules();
  vi.useFakeTimers({ now: wall, toFake: ["Date", "performance"] });
  return { ...(await import("./monotonic")), ...(await import("./server-clock")) };
}

test("the server's time advances independently of this machine's wall clock", async () => {
  const { serverNow, noteServerInstant } = await startAt(5_000);
  noteServerInstant(1_000_500);
  expect(serverNow()).toBe(1_000_500);
  vi.advanceTimersByTime(1_500);
  expect(serverNow()).toBe(1_002_000);
});

test("an answer that is newer than the clock moves it forward, even by a little", async () => {
  const { serverNow, noteServerInstant } = await startAt(5_000);
  noteServerInstant(1_000_000);
  noteServerInstant(1_000_700, { within: 250 });
  expect(serverNow()).toBe(1_000_700);
});

test("network time does not move the clock back, but a server clock that was set does", async () => {
  const { serverNow, noteServerInstant } = await startAt(5_000);
  noteServerInstant(1_000_000);
  vi.advanceTimersByTime(3_000);
  noteServerInstant(1_000_500, { within: 4_000 });
  expect(serverNow()).toBe(1_003_000);
  noteServerInstant(1_000_500, { within: 400 });
  expect(serverNow()).toBe(1_000_500);
});

test("counts from when an answer arrived, not from when it was read", async () => {
  const { serverNow, noteServerInstant, monotonicNow } = await startAt(5_000);
  const at = monotonicNow();
  vi.advanceTimersByTime(800);
  noteServerInstant(1_000_000, { at });
  expect(serverNow()).toBe(1_000_800);
});

test("time asleep counts, and a wall clock that is set back does not", async () => {
  const { monotonicNow } = await startAt(5_000);
  const before = monotonicNow();
  vi.setSystemTime(5_000 + 3_600_000);
  expect(monotonicNow() - before).toBe(3_600_000);
  vi.setSystemTime(5_000);
  expect(monotonicNow() - before).toBe(3_600_000);
});
