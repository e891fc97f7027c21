import { describe, expect, it } from "vitest";

import { minute, second } from "./instant";
import { trafficMinute, trafficMinutes } from "./testing/traffic";
import { divideTraffic, median, toTrafficWindow } from "./traffic-windows";

const start = 1_000 * minute;
const rollout = { startedAt: start + 20 * second, endedAt: start + 5 * minute + 10 * second };
const minutes = trafficMinutes(start - 60 * minute, 120);
const count = (parts: ReturnType<typeof divideTraffic>) => [
  parts.before.length,
  parts.during.length,
  parts.after.length,
];

describe("the minutes around a rollout", () => {
  it("count as during if it was under way at any moment of them", () => {
    const parts = divideTraffic(minutes, rollout, []);
    expect(parts.during[0]?.at).toBe(start);
    expect(parts.during.at(-1)?.at).toBe(start + 5 * minute);
    // The minute that begins 30 min before the start, to the second, is the oldest.
    expect(count(parts)).toEqual([29, 6, 30]);
  });

  it("have no end while it lasts", () => {
    const parts = divideTraffic(minutes, { ...rollout, endedAt: null }, []);
    expect(count(parts)).toEqual([29, 60, 0]);
  });

  it("leave out before and after in which another rollout was under way", () => {
    const others = [
      { startedAt: start - 40 * minute, endedAt: start - 21 * minute },
      { startedAt: start + 10 * minute, endedAt: null },
    ];
    const parts = divideTraffic(minutes, rollout, others);
    expect(parts.before[0]?.at).toBe(start - 21 * minute);
    expect(parts.after.at(-1)?.at).toBe(start + 9 * minute);
  });
});

describe("several minutes together", () => {
  it("sum requests, and take the median of each percentile", () => {
    const window = toTrafficWindow([
      trafficMinute(0, { requests: 10, failures: 1, firstTokenP95: 100 }),
      trafficMinute(1, { requests: 20, failures: 0, firstTokenP95: 900 }),
      trafficMinute(2, { requests: null, firstTokenP95: 300 }),
    ]);
    expect(window).toMatchObject({ minutes: 3, requests: 30, failures: 1, firstTokenP95: 300 });
  });

  it("report nothing of what no minute reports", () => {
    const silent = { requests: null, failures: null, firstTokenP50: null };
    expect(toTrafficWindow([trafficMinute(0, silent)])).toMatchObject({ minutes: 1, ...silent });
    expect(toTrafficWindow([])).toMatchObject({ minutes: 0, requests: null, firstTokenP95: null });
  });

  it.each([
    [[], null],
    [[3], 3],
    [[3, 1], 2],
    [[5, 1, 3], 3],
  ])("have as median of %j %j", (values, middle) => {
    expect(median(values)).toBe(middle);
  });
});
