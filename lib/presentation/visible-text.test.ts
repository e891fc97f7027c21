import { expect, test } from "vitest";

import { toVisiblePieces, toVisibleText } from "./visible-text";

const table: [string, string][] = [
  ["plain text, ünïcode, 漢字, 🙂", "plain text, ünïcode, 漢字, 🙂"],
  ["two\nlines\tand a tab", "two\nlines\tand a tab"],
  ["\u0000\u0007\u001b[31mred\u007f\u0085", "\\u0000\\u0007\\u001B[31mred\\u007F\\u0085"],
  ["carriage\rreturn", "carriage\\u000Dreturn"],
  ["abc\u202Egnp.exe\u202C \u2066x\u2069", "abc\\u202Egnp.exe\\u202C \\u2066x\\u2069"],
  ["zero\u200Bwidth\uFEFF\u2028line", "zero\\u200Bwidth\\uFEFF\\u2028line"],
  ["tag\u{E0041}", "tag\\u{E0041}"],
  ["lone \uD800 half", "lone \\uD800 half"],
  ["", ""],
];

test.each(table)("%j is shown as %j", (text, shown) => {
  expect(toVisibleText(text)).toBe(shown);
});

test("escapes are distinguished from text that looks like them", () => {
  expect(toVisiblePieces("\\u0007\u0007")).toEqual([
    { text: "\\u0007", isEscape: false },
    { text: "\\u0007", isEscape: true },
  ]);
});
