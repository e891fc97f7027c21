import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toDurationTrend } from "./duration-trend";
import { minute } from "./instant";

const took = (...minutes: number[]) => minutes.map((each) => ({ took: each * minute, total: 12 }));
const direction = (...minutes: number[]) => toDurationTrend(took(...minutes))?.direction;

const usual = [14, 16, 15, 17, 16];
const lengths = (count: number) =>
  fc.array(fc.integer({ min: 1, max: 600 }), { minLength: count, maxLength: count });

describe("whether rollouts are getting slower", () => {
  it.each([
    ["three that took clearly longer", [...usual, 22, 21, 23], "slower"],
    ["three that took clearly less", [...usual, 9, 10, 8], "faster"],
    ["three as before", [...usual, 16, 15, 17], "steady"],
    ["one slow one among three", [...usual, 40, 15, 16], "steady"],
    ["two slow ones, and one as before", [...usual, 22, 23, 16], null],
    ["three slow ones where others were as slow before", [...usual, 25, 26, 27, 22, 21, 23], null],
    ["seven rollouts", [14, 16, 15, 17, 22, 21, 23], null],
    ["one", [14], null],
  ] as const)("%s", (_, minutes, expected) => {
    expect(direction(...minutes)).toBe(expected);
  });

  it("has the limits and the medians", () => {
    expect(toDurationTrend(took(...usual, 22, 21, 23))).toMatchObject({
      ...{ count: 8, shortest: 14 * minute, longest: 23 * minute, usual: 16.5 * minute },
      compared: {
        last: { count: 3, took: 22 * minute, total: 12 },
        before: { count: 5, took: 16 * minute, total: 12 },
      },
    });
  });

  it("is unknown without rollouts, and says nothing about too few", () => {
    expect(toDurationTrend([])).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }).chain(lengths), (minutes) => {
        expect(direction(...minutes)).toBeNull();
      }),
    );
  });

  it("stays slower where the last ones take longer still, and is the same in other units", () => {
    const later = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(lengths(3), lengths(8), later, (last, before, times) => {
        const found = direction(...before, ...last);
        expect(direction(...[...before, ...last].map((each) => each * 60))).toBe(found);
        if (found === "slower")
          expect(direction(...before, ...last.map((each) => each * times))).toBe("slower");
        if (found === "faster")
          expect(direction(...before.map((each) => each * times), ...last)).toBe("faster");
      }),
    );
  });
});
