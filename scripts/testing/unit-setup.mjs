import { afterAll, afterEach, beforeEach, expect, vi } from "vitest";

/** A unit test fails if it causes an unexpected warning or error on the console, or leaves a fake clock behind. */
const original = { error: console.error, warn: console.warn };
let complaints = [];
const patientWaitFor = (globalThis.rollcallWaitFor ??= vi.waitFor.bind(vi));
/** Test files share one global scope, so what one of them replaces and leaves would reach the next. */
const clocks = (globalThis.rollcallClocks ??= {
  Date: globalThis.Date,
  performance: globalThis.performance,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
});

/** Node loads its fetch at the first use, and keeps a part of `performance` for good: not a test's fake one. */
void globalThis.Response;

/** A condition may take longer than vitest's second on a busy machine; a test whose condition never holds still fails. */
vi.waitFor = (callback) => patientWaitFor(callback, { timeout: 60_000, interval: 10 });

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
