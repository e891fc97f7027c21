import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createRecall } from "./recall";

describe("what is remembered of the database", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance", "Date"] });
    // At 0, where such a clock begins, the cache takes a time for none.
    vi.advanceTimersByTime(1_000);
  });
  afterEach(() => vi.useRealTimers());

  function stage() {
    const asked: string[] = [];
    let answer: () => Promise<string | null> = () => Promise.resolve("known");
    const recall = createRecall((key) => {
      asked.push(key);
      return answer();
    });
    return {
      recall,
      asked,
      answer: (next: () => Promise<string | null>) => {
        answer = next;
      },
    };
  }

  it("is asked for once by many at once, and again after a moment", async () => {
    const { recall, asked } = stage();
    expect(await Promise.all([recall.find("a"), recall.find("a"), recall.find("a")])).toEqual([
      "known",
      "known",
      "known",
    ]);
    expect(asked).toEqual(["a"]);
    vi.advanceTimersByTime(2_100);
    await recall.find("a");
    expect(asked).toEqual(["a", "a"]);
  });

  it("is forgotten at once when it ends", async () => {
    const { recall, answer } = stage();
    await recall.find("a");
    answer(() => Promise.resolve(null));
    expect(await recall.find("a")).toBe("known");
    recall.forget("a");
    expect(await recall.find("a")).toBeNull();
  });

  it("holds for a while where the database cannot be asked, and not for ever", async () => {
    const { recall, answer } = stage();
    await recall.find("a");
    answer(() => Promise.reject(new Error("down")));
    vi.advanceTimersByTime(10 * 60_000);
    expect(await recall.find("a")).toBe("known");
    await expect(recall.find("b")).rejects.toThrow("down");
    vi.advanceTimersByTime(6 * 60_000);
    await expect(recall.find("a")).rejects.toThrow("down");
  });
});
