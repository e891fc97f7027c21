import { afterEach, beforeEach, expect } from "vitest";

/** A unit test fails if it causes an unexpected warning or error on the console. */
const original = { error: console.error, warn: console.warn };
let complaints = [];

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
