import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readJourneyResult, readUnitResult, stepResult, total } from "./lib/verdict.mjs";

const folder = mkdtempSync(join(tmpdir(), "rollcall-verdict-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(report) {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(report));
  return path;
}

const unitTest = (fullName, status) => ({ fullName, status });

describe("the result of a run", () => {
  it("names each unit test that failed, and a file that could not be loaded", () => {
    const path = write({
      numPassedTests: 2,
      testResults: [
        {
          name: "a.test.ts",
          status: "failed",
          assertionResults: [unitTest("adds", "failed"), unitTest("subtracts", "passed")],
        },
        { name: "b.test.ts", status: "failed", assertionResults: [] },
        { name: "c.test.ts", status: "passed", assertionResults: [unitTest("divides", "passed")] },
      ],
    });
    expect(readUnitResult(path, false)).toEqual({
      passed: 2,
      failed: 2,
      failures: ["a.test.ts › adds", "b.test.ts"],
    });
  });

  it("names each journey that failed, at any depth, and one that passed only when repeated", () => {
    const spec = (line, title, status) => ({ file: "x.spec.ts", line, title, tests: [{ status }] });
    const path = write({
      stats: { expected: 1 },
      suites: [
        {
          specs: [spec(3, "opens", "unexpected")],
          suites: [{ specs: [spec(9, "closes", "flaky"), spec(12, "stays", "expected")] }],
        },
      ],
    });
    expect(readJourneyResult(path, false)).toEqual({
      passed: 1,
      failed: 2,
      failures: ["e2e/x.spec.ts:3 › opens", "e2e/x.spec.ts:9 › closes"],
    });
  });

  it("says in which browser a journey failed, if several ran", () => {
    const tests = [
      { status: "expected", projectName: "webkitgtk" },
      { status: "unexpected", projectName: "firefox" },
    ];
    const path = write({
      stats: { expected: 1 },
      suites: [{ specs: [{ file: "x.journey.ts", line: 3, title: "opens", tests }] }],
    });
    expect(readJourneyResult(path, false).failures).toEqual(["e2e/x.journey.ts:3 › opens (firefox)"]);
  });

  it("fails when a run ended in failure without naming a test, or left no report", () => {
    const passing = write({ stats: { expected: 4 }, suites: [] });
    expect(readJourneyResult(passing, false)).toEqual({
      passed: 4,
      failed: 1,
      failures: ["journeys"],
    });
    expect(readUnitResult(join(folder, "missing.json"), true)).toEqual({
      passed: 0,
      failed: 1,
      failures: ["unit tests"],
    });
  });

  it("adds up, and keeps every name", () => {
    const sum = total([stepResult("lint", false), stepResult("types", true)]);
    expect(sum).toEqual({ passed: 1, failed: 1, failures: ["lint"] });
  });
});
