import { afterAll, afterEach, beforeEach, expect } from "vitest";

/** A unit test fails if it causes an unexpected warning or error on the console, or leaves a fake clock behind. */
const original = { error: console.error, warn: console.warn };
let complaints = [];
/** Test files share one global scope, so what one of them replaces and leaves would reach the next. */
const clocks = (globalThis.rollcallClocks ??= {
  Date: globalThis.Date,
  performance: globalThis.performance,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
});

beforeEach(() => {
  complaints = [];
  for (const level of ["error", "warn"]) {
    console[level] = (...words) => {
      complaints.push(`console.${level}: ${words.map(String).join(" ")}`);
      original[level](...words);
    };
  }
});

afterEach(() => {
  Object.assign(console, original);
  expect(complaints, "unexpected complaints on the console").toEqual([]);
});

afterAll(() => {
  for (const [name, real] of Object.entries(clocks))
    expect(globalThis[name], `${name} was replaced and not restored`).toBe(real);
});
