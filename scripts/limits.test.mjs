import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromRoot } from "./lib/root.mjs";

/** Rows of docs/limits.md that name a constant: [file, constant, limit as written]. */
const rows = readFileSync(fromRoot("docs/limits.md"), "utf8")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, , file = "", constant = ""]) => file.startsWith("`") && constant.startsWith("`"))
  .map(([, , file, constant, limit]) => [file.slice(1, -1), constant.slice(1, -1), limit]);

/** Durations in the code, and units in the table. */
const words = { second: 1, s: 1, minute: 60, minutes: 60, day: 86_400, days: 86_400, KiB: 1024 };

/**
 * The value of a constant that is written as a product of whole numbers and durations (then in seconds). `a.b` is the
 * property b of the constant a.
 */
function valueOf(file, constant) {
  const [name, property] = constant.split(".");
  const start = property === undefined ? "" : `\\{[^}]*\\b${property}: `;
  const found = new RegExp(`const ${name}(?:: \\w+)? = ${start}([\\w *]+)`).exec(
    readFileSync(fromRoot(file), "utf8"),
  );
  const factors = found?.[1].replaceAll("_", "").split("*") ?? [""];
  return factors.reduce(
    (product, factor) => product * (words[factor.trim()] ?? Number.parseInt(factor, 10)),
    1,
  );
}

test("the table of limits names constants", () => {
  expect(rows.length).toBeGreaterThan(15);
});

test.each(rows)("%s: %s is what docs/limits.md says", (file, constant, limit) => {
  const [figure, unit] = limit.split(" ");
  expect(valueOf(file, constant)).toBe(Number(figure) * (words[unit] ?? 1));
});
