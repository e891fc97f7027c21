import "server-only";

import type { SettingsMistake } from "./mistake";

/** Says on stderr everything that is wrong with the settings, and ends the process with status 1. */
export function refuseToStart(mistakes: readonly SettingsMistake[]): never {
  const lines = mistakes.map(({ setting, problem }) => `  - ${setting} ${problem}`);
  process.stderr.write(
    `\nRollcall cannot start:\n${lines.join("\n")}\n\nThe settings are described in README.md.\n`,
  );
  process.exit(1);
}
