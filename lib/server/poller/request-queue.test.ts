import { describe, expect, it, onTestFinished, vi } from "vitest";

import { createRequestQueue } from "./request-queue";

function open(limits: { atOnce: number; most: number; window: number }, tick = () => performance.now()) {
  const line = createRequestQueue({ ...limits, tick });
  onTestFinished(() => line.close());
  return line;
}

describe("the request queue", () => {
  it("starts no more requests in any window than the limit, and all of them in the end", async () => {
    const [most, window] = [5, 150];
    const begun: number[] = [];
    const line = open({ atOnce: 3, most, window }, () => {
      begun.push(performance.now());
      return begun.at(-1) ?? 0;
    });
    await Promise.all(Array.from({ length: 17 }, () => line.add(() => Promise.resolve(), 0)));
    expect(begun).toHaveLength(17);
    for (const [index, at] of begun.entries()) {
      const sixth = begun[index + most];
      if (sixth !== undefined) expect(sixth - at).toBeGreaterThanOrEqual(window - 1);
    }
  });

  it("has no more requests under way than the limit", async () => {
    const line = open({ atOnce: 2, most: 100, window: 1_000 });
    let underWay = 0;
    let peak = 0;
    const work = async () => {
      peak = Math.max(peak, (underWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => line.add(work, 0)));
    expect(peak).toBe(2);
  });

  it("limits slow requests to two slots, and serves the others meanwhile", async () => {
    const line = open({ atOnce: 8, most: 1_000, window: 1_000 });
    const hanging: (() => void)[] = [];
    const hang = () => new Promise<void>((resolve) => hanging.push(resolve));
    const slow = Array.from({ length: 12 }, () => line.add(hang, 1, { isSlow: true }));
    const healthy = Array.from({ length: 50 }, () => line.add(() => Promise.resolve("seen"), 0));
    expect(await Promise.all(healthy)).toHaveLength(50);
    expect(hanging).toHaveLength(2);
    for (let ended = 0; ended < slow.length; ended += 1) {
      await vi.waitFor(() => expect(hanging.length).toBeGreaterThan(ended));
      expect(hanging.length).toBeLessThanOrEqual(ended + 2);
      hanging[ended]?.();
    }
    await Promise.all(slow);
  });

  it("serves the highest priority first", async () => {
    const line = open({ atOnce: 1, most: 100, window: 1_000 });
    const served: number[] = [];
    const work = (priority: number) =>
      line.add(() => {
        served.push(priority);
        return Promise.resolve();
      }, priority);
    await Promise.all([0, 0, 2, 1].map(work));
    expect(served).toEqual([0, 2, 1, 0]);
  });

  it("continues when the wall clock jumps back a day", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const line = open({ atOnce: 4, most: 3, window: 60 });
    const work = () => line.add(() => Promise.resolve("done"), 0);
    await Promise.all([work(), work(), work()]);
    vi.setSystemTime(Date.now() - 86_400_000);
    expect(await Promise.all([work(), work(), work(), work()])).toEqual(["done", "done", "done", "done"]);
  });

  it("rejects with the error of the work, and continues", async () => {
    const line = open({ atOnce: 1, most: 9, window: 1_000 });
    await expect(line.add(() => Promise.reject(new Error("broken")), 0)).rejects.toThrow("broken");
    expect(await line.add(() => Promise.resolve(7), 0)).toBe(7);
  });

  it("drops waiting requests when it is closed, and leaves no timer", async () => {
    const line = open({ atOnce: 1, most: 1, window: 50 });
    await line.add(() => Promise.resolve(), 0);
    const late = vi.fn(() => Promise.resolve());
    void line.add(late, 0);
    await line.close();
    const until = performance.now() + 100;
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(until));
    expect(late).not.toHaveBeenCalled();
  });
});
