import fc from "fast-check";
import { expect, test } from "vitest";

import { greatest, smallest } from "./extremes";

test("agree with Math.max and Math.min on a few numbers", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (numbers) => {
      expect(greatest(numbers)).toBe(Math.max(...numbers));
      expect(smallest(numbers)).toBe(Math.min(...numbers));
    }),
  );
});

test("accept any amount of numbers, even none", () => {
  const many = Array.from({ length: 300_000 }, (_, index) => index);
  expect([greatest(many), smallest(many)]).toEqual([299_999, 0]);
  expect([greatest([]), smallest([])]).toEqual([null, null]);
});
