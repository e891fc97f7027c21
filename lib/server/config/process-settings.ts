import "server-only";

import { parseSettings, type SettingsResult } from "./settings";

let parsed: SettingsResult | null = null;

/** The settings that this process was started with, parsed once. */
export function readProcessSettings(): SettingsResult {
  parsed ??= parseSettings(process.env);
  return parsed;
}

/** Where the command was called from: npm and scripts/rollcall.mjs change the directory and leave the former one here. */
export function readCallerDirectory(): string {
  return process.env["INIT_CWD"] || process.cwd();
}
