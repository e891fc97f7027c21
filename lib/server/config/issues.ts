import "server-only";

/** One thing wrong with the settings, and what to do about it. */
export type SettingsMistake = { setting: string; problem: string };

export type Variables = Readonly<Record<string, string | undefined>>;

/** Says on stderr everything that is wrong with the settings, and ends the process with status 1. */
export function refuseToStart(mistakes: readonly SettingsMistake[]): never {
  const lines = mistakes.map(({ setting, problem }) => `  - ${setting} ${problem}`);
  process.stderr.write(
    `\nRollcall cannot start:\n${lines.join("\n")}\n\ndocs/settings.md describes the settings.\n`,
  );
  process.exit(1);
}
