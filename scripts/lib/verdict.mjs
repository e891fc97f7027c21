import { say } from "./say.mjs";

/** Adds up counts of `{ passed, failed }`. */
export function total(counts) {
  return counts.reduce(
    (sum, count) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed }),
    { passed: 0, failed: 0 },
  );
}

/** Says the last line, and leaves the exit code that goes with it. */
export function conclude(counts) {
  const { passed, failed } = total(counts);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
