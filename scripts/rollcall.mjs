#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { readOwnSettings } from "./lib/own-settings.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fromRoot } from "./lib/root.mjs";

await ensurePackages();
readOwnSettings();

const [command = "", ...rest] = process.argv.slice(2);
const isOfFile = command === "backup" || command === "restore";
const named = isOfFile ? rest.map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file)) : rest;

// The source runs as it is, before any build, under the condition that `server-only` asks for. In the
// foreground, with our own input and output: exports and imports stream through them.
const program = [
  "--conditions=react-server",
  "--import",
  "tsx",
  fromRoot("lib/server/history/upkeep/main.ts"),
];
const { status } = spawnSync(process.execPath, [...program, command, ...named], {
  cwd: fromRoot("."),
  stdio: "inherit",
});
process.exitCode = status ?? 1;
