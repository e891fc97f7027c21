#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { readOwnSettings } from "./lib/own-settings.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fromRoot } from "./lib/root.mjs";
import { describeVersion } from "./lib/version.mjs";

/** Commands with their own scripts, which install what they need. */
const SCRIPTS = ["start", "demo", "doctor", "wait"];
const HELP = ["-h", "--help"];
const VERSION = ["-V", "--version"];

const [command = "", ...rest] = process.argv.slice(2);
const isScript = SCRIPTS.includes(command) && !rest.some((word) => HELP.includes(word));
if (VERSION.includes(command)) console.log(await describeVersion());
else await (isScript ? import(`./${command}.mjs`) : runSource());

/**
 * Runs the source without a build, under the condition that `server-only` requires. It inherits standard input and
 * output: exports and imports stream through them.
 */
async function runSource() {
  await ensurePackages();
  readOwnSettings();
  const main = fromRoot("lib/server/cli/main.ts");
  const program = ["--conditions=react-server", "--import", "tsx", main, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, program, {
    cwd: fromRoot("."),
    env: { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
