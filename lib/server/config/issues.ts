import "server-only";

/** One thing that is wrong with the settings: `problem` continues the sentence that the setting's name begins. */
export type SettingsMistake = { setting: string; problem: string };

export type Variables = Readonly<Record<string, string | undefined>>;

/** Prints every mistake to stderr and exits with status 1. */
export function refuseToStart(mistakes: readonly SettingsMistake[]): never {
  const lines = mistakes.map(({ setting, problem }) => `  - ${setting} ${problem}`);
  process.stderr.write(
    `\nRollcall cannot start:\n${lines.join("\n")}\n\ndocs/settings.md describes the settings.\n`,
  );
  process.exit(1);
}
