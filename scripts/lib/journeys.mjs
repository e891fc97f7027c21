import { mkdirSync, rmSync } from "node:fs";
import { launch } from "./children.mjs";
import { fromRoot } from "./root.mjs";
import { readJourneyResult } from "./verdict.mjs";

const REPORT = fromRoot(".cache/e2e.json");

/** Runs the end-to-end tests, all or those that `args` select, and shows their output. */
export async function runJourneys(browser, args = []) {
  mkdirSync(fromRoot(".cache"), { recursive: true });
  rmSync(REPORT, { force: true });
  const program = fromRoot("node_modules/@playwright/test/cli.js");
  const code = await launch(process.execPath, [program, "test", ...args], {
    env: { ...process.env, ...browser, NODE_ENV: "test", PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT },
  }).ended;
  return readJourneyResult(REPORT, code === 0);
}
