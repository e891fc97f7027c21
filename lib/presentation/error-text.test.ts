import fc from "fast-check";
import { expect, test } from "vitest";

import { toErrorText } from "./error-text";

test("the first line leads, five more follow, and the rest is folded", () => {
  const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`);
  expect(toErrorText(lines.join("\n"))).toEqual({
    first: "line 0\n",
    more: "line 1\nline 2\nline 3\nline 4\nline 5\n",
    folded: "line 6\nline 7\nline 8",
  });
  expect(toErrorText("quota exceeded")).toEqual({ first: "quota exceeded", more: "", folded: "" });
  expect(toErrorText("")).toEqual({ first: "", more: "", folded: "" });
});

test("a long first line is cut between words, and a long word anywhere but within a character", () => {
  const words = toErrorText("quota ".repeat(40));
  expect(words.first).toBe("quota ".repeat(20));
  expect(words.more).toBe("quota ".repeat(20));
  expect(toErrorText("😀".repeat(400)).first).toBe("😀".repeat(60));
  expect(toErrorText(`a${"😀".repeat(400)}`).first).toBe(`a${"😀".repeat(59)}`);
});

test("nothing is lost, whatever the message", () => {
  const message = fc.string({ unit: fc.constantFrom("a", " ", "\n", "é", "😀"), maxLength: 2_000 });
  fc.assert(
    fc.property(message, (text) => {
      const { first, more, folded } = toErrorText(text);
      expect(first + more + folded).toBe(text);
      expect(first.length).toBeLessThanOrEqual(121);
      expect(first.trimEnd()).not.toContain("\n");
      expect(more.trimEnd().split("\n").length).toBeLessThanOrEqual(5);
    }),
  );
});
