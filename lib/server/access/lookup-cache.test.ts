import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createLookupCache } from "./lookup-cache";

describe("the lookup cache", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance", "Date"] });
  });
  afterEach(() => vi.useRealTimers());

  function stage(options: { freshFor?: number } = {}) {
    const asked: string[] = [];
    let answer: () => Promise<string | null> = () => Promise.resolve("known");
    let isAnswering = true;
    const lookups = createLookupCache(
      (key) => {
        asked.push(key);
        return answer();
      },
      { ...options, isAnswering: () => isAnswering },
    );
    return {
      lookups,
      asked,
      answer: (next: () => Promise<string | null>) => {
        answer = next;
      },
      beAnswering: (next: boolean) => {
        isAnswering = next;
      },
    };
  }

  it("shares one lookup among concurrent requests, and looks up again after a moment", async () => {
    const { lookups, asked } = stage();
    expect(await Promise.all([lookups.find("a"), lookups.find("a"), lookups.find("a")])).toEqual([
      "known",
      "known",
      "known",
    ]);
    expect(asked).toEqual(["a"]);
    vi.advanceTimersByTime(2_100);
    await lookups.find("a");
    expect(asked).toEqual(["a", "a"]);
  });

  it("drops an invalidated entry at once", async () => {
    const { lookups, answer } = stage();
    await lookups.find("a");
    answer(() => Promise.resolve(null));
    expect(await lookups.find("a")).toBe("known");
    lookups.invalidate("a");
    expect(await lookups.find("a")).toBeNull();
  });

  it("does not store an entry that is invalidated during its lookup, but answers earlier requests", async () => {
    const { lookups, answer } = stage();
    let tell: (value: string) => void = () => undefined;
    answer(() => new Promise((resolve) => (tell = resolve)));
    const before = lookups.find("a");
    lookups.invalidateAll();
    answer(() => Promise.resolve(null));
    expect(await lookups.find("a")).toBeNull();
    tell("known");
    expect(await before).toBe("known");
    expect(await lookups.find("a")).toBeNull();
  });

  it("keeps an entry while the database is down, but not forever", async () => {
    const { lookups, answer } = stage();
    await lookups.find("a");
    answer(() => Promise.reject(new Error("down")));
    vi.advanceTimersByTime(14 * 60_000);
    expect(await lookups.find("a")).toBe("known");
    await expect(lookups.find("b")).rejects.toThrow("down");
    vi.advanceTimersByTime(2 * 60_000);
    await expect(lookups.find("a")).rejects.toThrow("down");
  });

  it("returns an entry at once while the database is slow, and refreshes it in the background", async () => {
    const { lookups, answer, beAnswering, asked } = stage();
    await lookups.find("a");
    beAnswering(false);
    vi.advanceTimersByTime(14 * 60_000);
    let tell: (value: string) => void = () => undefined;
    answer(() => new Promise((resolve) => (tell = resolve)));
    expect(await Promise.all([lookups.find("a"), lookups.find("a")])).toEqual(["known", "known"]);
    expect(asked).toEqual(["a", "a"]);
    tell("newer");
    await vi.waitFor(async () => expect(await lookups.find("a")).toBe("newer"));
    vi.advanceTimersByTime(14 * 60_000);
    expect(await lookups.find("a")).toBe("newer");
  });

  it("looks up each time if required, and uses the last entry while the database is down", async () => {
    const { lookups, answer, asked } = stage({ freshFor: 0 });
    await lookups.find("a");
    await lookups.find("a");
    expect(asked).toEqual(["a", "a"]);
    answer(() => Promise.reject(new Error("down")));
    expect(await lookups.find("a")).toBe("known");
    answer(() => Promise.resolve(null));
    expect(await lookups.find("a")).toBeNull();
  });
});
