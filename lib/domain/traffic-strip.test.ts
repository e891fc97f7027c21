import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { minute } from "./instant";
import { trafficMinutes } from "./testing/traffic";
import { toRoundTop, toStrip } from "./traffic-strip";

const startedAt = 1_000 * minute;
const row = (from: number, count: number) => trafficMinutes(startedAt + from * minute, count);

describe("minutes on a time axis", () => {
  it("begin at the left edge, though a minute begins before it", () => {
    const strip = toStrip(row(-2.5, 6), { startedAt, extent: 3 * minute, present: null });
    expect(strip.vertices.map(({ elapsed }) => elapsed / minute)).toEqual([0, 0.5, 1.5, 2.5, 3]);
    expect(strip.gaps).toEqual([]);
  });

  it("have a gap wherever no minute was measured", () => {
    const minutes = [...row(2, 2), ...row(6, 1)];
    const strip = toStrip(minutes, { startedAt, extent: 10 * minute, present: null });
    expect(strip.gaps.map(({ from, until }) => [from / minute, until / minute])).toEqual([
      [0, 2],
      [4, 6],
      [7, 10],
    ]);
    expect(strip.vertices.map(({ value }) => value === null)).toEqual([false, false, true, false, true]);
  });

  it("end some minutes before the present, because the newest are yet to come", () => {
    const scale = { startedAt, extent: 10 * minute, present: 10 * minute };
    expect(toStrip(row(0, 8), scale).gaps).toEqual([]);
    expect(toStrip(row(0, 6), scale).gaps).toEqual([{ from: 6 * minute, until: 10 * minute }]);
  });

  it("never leave the axis, and only go forward", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -30, max: 60 })),
        fc.integer({ min: 1, max: 40 }),
        (at, wide) => {
          const minutes = at.toSorted((one, other) => one - other).flatMap((each) => row(each + 0.3, 1));
          const { vertices, gaps } = toStrip(minutes, { startedAt, extent: wide * minute, present: null });
          const places = vertices.map(({ elapsed }) => elapsed);
          expect(places).toEqual(places.toSorted((one, other) => one - other));
          for (const place of places) expect(place >= 0 && place <= wide * minute).toBe(true);
          for (const { from, until } of gaps) expect(from < until && until <= wide * minute).toBe(true);
        },
      ),
    );
  });
});

it.each([
  [[], 0.01, 0.01],
  [[0.003], 0.01, 0.01],
  [[0.031, 0.002], 0.01, 0.05],
  [[1_840], 10, 2_000],
  [[5], 1, 5],
])("rounds the upper edge of %j, at least %j, to %j", (values, least, top) => {
  expect(toRoundTop(values, least)).toBeCloseTo(top);
});
