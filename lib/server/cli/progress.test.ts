import { describe, expect, it } from "vitest";

import { describeProgress, withProgress } from "./progress";

describe("progress", () => {
  it.each([
    [
      "rows",
      { done: 1_200, total: 5_000, elapsed: 3_000 },
      "1,200 of 5,000 rows, 400 rows/s, about 10 s left",
    ],
    ["rows", { done: 1_200, total: null, elapsed: 3_000 }, "1,200 rows, 400 rows/s"],
    ["rows", { done: 1_200, total: 5_000, elapsed: 100 }, "1,200 of 5,000 rows"],
    ["rows", { done: 0, total: 5_000, elapsed: 3_000 }, "0 of 5,000 rows"],
    ["rows", { done: 5_000, total: 5_000, elapsed: 3_000 }, "5,000 rows, finishing"],
    [
      "bytes",
      { done: 100_000_000, total: 6_100_000_000, elapsed: 2_000 },
      "100.0 of 6,100.0 MB, 50.0 MB/s, about 2 min left",
    ],
    ["steps", { done: 2, total: 5, elapsed: 9_000 }, "step 2 of 5"],
  ] as const)("counts %s: %j", (unit, progress, words) => {
    expect(describeProgress(unit, progress)).toBe(words);
  });

  /** What is written for 150 s of work that reports each second. */
  async function written(isTTY: boolean): Promise<string> {
    let text = "";
    let now = 0;
    const stream = { isTTY, columns: 80, write: (line: string) => (text += line) };
    await withProgress(
      "Exporting",
      "rows",
      (onProgress) => {
        for (; now < 150_000; now += 1_000) onProgress(now, 150_000);
        onProgress(150_000, 150_000);
      },
      { stream, tick: () => now },
    );
    return text;
  }

  it("is shown in place on a terminal, and leaves no trace there", async () => {
    const text = await written(true);
    expect(text.split("\r\u001b[K")).toHaveLength(153);
    expect(text).toContain("\r\u001b[KExporting: 60,000 of 150,000 rows, 1,000 rows/s, about 1 min left");
    expect(text.endsWith("\r\u001b[K")).toBe(true);
    expect(text).not.toContain("\n");
  });

  it("is a line a minute elsewhere", async () => {
    expect((await written(false)).split("\n")).toEqual([
      "Exporting: 60,000 of 150,000 rows, 1,000 rows/s, about 1 min left",
      "Exporting: 120,000 of 150,000 rows, 1,000 rows/s, about 30 s left",
      "",
    ]);
  });
});
