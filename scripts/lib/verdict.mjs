import { say } from "./say.mjs";

/** Adds up counts of `{ passed, failed }`. */
export function total(counts) {
  return counts.reduce(
    (sum, count) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed }),
    { passed: 0, failed: 0 },
  );
}

/** Prints the last line and sets the exit code. */
export function conclude(counts) {
  const { passed, failed } = total(counts);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
