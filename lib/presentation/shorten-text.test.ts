import fc from "fast-check";
import { expect, test } from "vitest";

import { shortenText } from "./shorten-text";

test("a text that fits stays, a longer one keeps its beginning and its end", () => {
  expect(shortenText("No capacity.", 20)).toBe("No capacity.");
  expect(shortenText("request 17 failed after 12.5 s", 15)).toBe("reques … 12.5 s");
});

test("never longer than requested, and always well-formed Unicode", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 10, max: 40 }), (text, most) => {
      const short = shortenText(text, most);
      expect(short.length).toBeLessThanOrEqual(Math.max(most, text.length <= most ? text.length : 0));
      expect(short.isWellFormed() || !text.isWellFormed()).toBe(true);
    }),
  );
});
