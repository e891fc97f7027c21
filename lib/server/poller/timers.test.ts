import { expect, it, onTestFinished, vi } from "vitest";

import { createTimers } from "./timers";

/** Timers that are cleared when the test has finished. */
function openTimers() {
  const timers = createTimers();
  onTestFinished(() => timers.clear());
  return timers;
}

/** Work that lasts until `finish` is called. */
function lastingWork() {
  const finishers: (() => void)[] = [];
  return {
    work: () => new Promise<void>((resolve) => finishers.push(resolve)),
    begun: () => finishers.length,
    finish: () => finishers.at(-1)?.(),
  };
}

it("runs the task when its time has come", async () => {
  const timers = openTimers();
  const plannedAt = performance.now();
  await due(timers, 20);
  expect(performance.now() - plannedAt).toBeGreaterThan(18);
});

it("replaces the pending task of the same name", async () => {
  const timers = openTimers();
  const former = vi.fn(() => Promise.resolve());
  timers.plan("a", 5, former);
  const later = vi.fn(() => Promise.resolve());
  timers.plan("a", 15, later);
  await vi.waitFor(() => expect(later).toHaveBeenCalledOnce());
  expect(former).not.toHaveBeenCalled();
});

it("runs a hastened task at once, and not again when it was due", async () => {
  const timers = openTimers();
  const { work, begun } = lastingWork();
  timers.plan("a", 60_000, work);
  timers.expedite("a");
  await vi.waitFor(() => expect(begun()).toBe(1));
});

it("does not start a running task again", async () => {
  const timers = openTimers();
  const { work, begun, finish } = lastingWork();
  timers.plan("a", 0, work);
  await vi.waitFor(() => expect(begun()).toBe(1));
  timers.expedite("a");
  await due(timers, 10);
  expect(begun()).toBe(1);
  finish();
});

it("ignores names without a pending task", () => {
  const timers = openTimers();
  timers.expedite("a");
  expect(timers.has("a")).toBe(false);
});

it("shortens a wait that is too long for a timer instead of running the task at once", async () => {
  const timers = openTimers();
  const work = vi.fn(() => Promise.resolve());
  timers.plan("a", Number.MAX_SAFE_INTEGER, work);
  await due(timers, 10);
  expect(work).not.toHaveBeenCalled();
});

it("runs no pending task after it was cleared", async () => {
  const timers = openTimers();
  const work = vi.fn(() => Promise.resolve());
  timers.plan("a", 1, work);
  timers.clear();
  await due(timers, 10);
  expect(work).not.toHaveBeenCalled();
});

/** Resolves when a task that is planned now with this wait has run. */
function due(timers: ReturnType<typeof createTimers>, delay: number): Promise<void> {
  return new Promise((resolve) => {
    timers.plan("(due)", delay, () => {
      resolve();
      return Promise.resolve();
    });
  });
}
