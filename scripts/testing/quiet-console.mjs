import { afterEach, beforeEach, expect } from "vitest";

/** A unit test that makes something complain on the console, without expecting it, fails. */
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
