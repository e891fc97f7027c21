import "server-only";

import { parseSettings, type SettingsResult } from "./settings";

let parsed: SettingsResult | null = null;

/** The settings that this process was started with, parsed once. */
export function readProcessSettings(): SettingsResult {
  parsed ??= parseSettings(process.env);
  return parsed;
}
