import { readFileSync } from "node:fs";
import { say } from "./say.mjs";

/**
 * What a run came to: how many tests passed and failed, and the names of those that failed.
 *
 * @typedef {{ passed: number, failed: number, failures: string[] }} Result
 */

/** The result of one step without tests. */
export function stepResult(name, isOk) {
  return isOk ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [name] };
}

/** Reads the result of Vitest from its JSON report; without a report the whole run counts as one failure. */
export function readUnitResult(path, isOk) {
  return readReport(path, "unit tests", isOk, (report) => {
    const failures = report.testResults.flatMap(({ name, status, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === "failed");
      // A file that failed to load has no tests to name.
      if (failed.length === 0) return status === "failed" ? [name] : [];
      return failed.map((test) => `${name} › ${test.fullName}`);
    });
    return { passed: report.numPassedTests, failures };
  });
}

/** Reads the result of Playwright from its JSON report. A test that passed only when repeated failed. */
export function readJourneyResult(path, isOk) {
  return readReport(path, "journeys", isOk, (report) => {
    const failures = report.suites
      .flatMap(specsOf)
      .flatMap(({ file, line, title, tests }) =>
        tests
          .filter(({ status }) => status === "unexpected" || status === "flaky")
          .map((test) => `e2e/${file}:${line} › ${title}${inBrowser(test)}`),
      );
    return { passed: report.stats.expected, failures };
  });
}

/** Journeys in several browsers have one Playwright project for each. */
function inBrowser({ projectName = "" }) {
  return projectName === "" ? "" : ` (${projectName})`;
}

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

function readReport(path, name, isOk, read) {
  try {
    const { passed, failures } = read(JSON.parse(readFileSync(path, "utf8")));
    const named = isOk || failures.length > 0 ? failures : [name];
    return { passed, failed: named.length, failures: named };
  } catch {
    return { passed: 0, failed: 1, failures: [name] };
  }
}

/** Adds up results. */
export function total(results) {
  return results.reduce(
    (sum, result) => ({
      passed: sum.passed + result.passed,
      failed: sum.failed + result.failed,
      failures: [...sum.failures, ...result.failures],
    }),
    { passed: 0, failed: 0, failures: [] },
  );
}

/** Prints what failed, by name, and the last line, and sets the exit code. */
export function conclude(results) {
  const { passed, failed, failures } = total(results);
  for (const failure of failures) say(`✗ ${failure}`);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
