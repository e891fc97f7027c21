import { expect, it, onTestFinished, vi } from "vitest";

import { createTimers } from "./timers";

/** Timers that are cleared when the test has finished. */
function openTimers() {
  const timers = createTimers();
  onTestFinished(() => timers.clear());
  return timers;
}

/** Work that lasts until it is told to finish. */
function lastingWork() {
  const finishers: (() => void)[] = [];
  return {
    work: () => new Promise<void>((resolve) => finishers.push(resolve)),
    begun: () => finishers.length,
    finish: () => finishers.at(-1)?.(),
  };
}

it("does the work once its time has come", async () => {
  const timers = openTimers();
  const plannedAt = performance.now();
  await due(timers, 20);
  expect(performance.now() - plannedAt).toBeGreaterThan(18);
});

it("replaces what was planned under the same name", async () => {
  const timers = openTimers();
  const former = vi.fn(() => Promise.resolve());
  timers.plan("a", 5, former);
  const later = vi.fn(() => Promise.resolve());
  timers.plan("a", 15, later);
  await vi.waitFor(() => expect(later).toHaveBeenCalledOnce());
  expect(former).not.toHaveBeenCalled();
});

it("does at once what is hastened, and not again when it would have been due", async () => {
  const timers = openTimers();
  const { work, begun } = lastingWork();
  timers.plan("a", 60_000, work);
  timers.expedite("a");
  await vi.waitFor(() => expect(begun()).toBe(1));
});

it("does not begin work a second time that is under way", async () => {
  const timers = openTimers();
  const { work, begun, finish } = lastingWork();
  timers.plan("a", 0, work);
  await vi.waitFor(() => expect(begun()).toBe(1));
  timers.expedite("a");
  await due(timers, 10);
  expect(begun()).toBe(1);
  finish();
});

it("leaves names that nothing is planned under alone", () => {
  const timers = openTimers();
  timers.expedite("a");
  expect(timers.has("a")).toBe(false);
});

it("cuts a wait that is too long for a timer instead of doing the work at once", async () => {
  const timers = openTimers();
  const work = vi.fn(() => Promise.resolve());
  timers.plan("a", Number.MAX_SAFE_INTEGER, work);
  await due(timers, 10);
  expect(work).not.toHaveBeenCalled();
});

it("does nothing that waited when it was cleared", async () => {
  const timers = openTimers();
  const work = vi.fn(() => Promise.resolve());
  timers.plan("a", 1, work);
  timers.clear();
  await due(timers, 10);
  expect(work).not.toHaveBeenCalled();
});

/** Resolves when work planned now for then has been done. */
function due(timers: ReturnType<typeof createTimers>, delay: number): Promise<void> {
  return new Promise((resolve) => {
    timers.plan("(due)", delay, () => {
      resolve();
      return Promise.resolve();
    });
  });
}
