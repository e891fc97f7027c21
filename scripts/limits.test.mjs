import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromRoot } from "./lib/root.mjs";

/** Rows of docs/limits.md that name a constant: [file, constant, limit as written]. */
const rows = readFileSync(fromRoot("docs/limits.md"), "utf8")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, , file = "", constant = ""]) => file.startsWith("`") && constant.startsWith("`"))
  .map(([, , file, constant, limit]) => [file.slice(1, -1), constant.slice(1, -1), limit]);

/** The value of a constant that is written as a product of whole numbers. */
function valueOf(file, constant) {
  const found = new RegExp(`const ${constant} = ([\\d_ *]+);`).exec(readFileSync(fromRoot(file), "utf8"));
  const factors = found?.[1].replaceAll("_", "").split("*").map(Number) ?? [Number.NaN];
  return factors.reduce((product, factor) => product * factor);
}

test("the table of limits names constants", () => {
  expect(rows.length).toBeGreaterThan(15);
});

test.each(rows)("%s: %s is what docs/limits.md says", (file, constant, limit) => {
  const [figure, unit] = limit.split(" ");
  expect(valueOf(file, constant)).toBe(Number(figure) * (unit === "KiB" ? 1024 : 1));
});
