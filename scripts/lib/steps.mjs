import { existsSync, mkdirSync, rmSync } from "node:fs";
import { fromRoot } from "./root.mjs";
import { readUnitResult } from "./verdict.mjs";

const REPORT = fromRoot(".cache/unit.json");
const CRUISED = [
  "app",
  "components",
  "lib",
  "e2e",
  "bench",
  "scripts",
  "instrumentation.ts",
  "proxy.ts",
].filter((path) => existsSync(fromRoot(path)));

/**
 * The steps of `npm run check`, the longest first. `tool` is the command of a package and `args` are its
 * arguments. `isChatty`: print its output even if it passes.
 */
export const STEPS = [
  {
    name: "unit tests",
    tool: "vitest",
    args: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`],
    env: { NODE_ENV: "test" },
    readResult: (isOk) => readUnitResult(REPORT, isOk),
  },
  { name: "lint", tool: "eslint", args: ["."], isChatty: true },
  { name: "types", tool: "tsc", args: ["--noEmit"] },
  {
    name: "import boundaries",
    tool: "depcruise",
    args: ["--config", ".dependency-cruiser.mjs", ...CRUISED],
  },
  { name: "dead code", tool: "knip", args: [] },
  {
    name: "format",
    tool: "prettier",
    args: ["--check", "--log-level=warn", "--cache", "--cache-location=.cache/prettier", "."],
  },
  { name: "words", script: "scripts/check-words.mjs", args: [] },
  { name: "version floor", script: "scripts/check-versions.mjs", args: [] },
];

/** Writes the types of the pages' parameters, which lint and types need. */
export const ROUTE_TYPES = { name: "route types", tool: "next", args: ["typegen"] };

export function clearUnitTests() {
  mkdirSync(fromRoot(".cache"), { recursive: true });
  rmSync(REPORT, { force: true });
}
