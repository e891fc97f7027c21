import "server-only";

/** One thing wrong with the settings, and what to do about it. */
export type SettingsMistake = { setting: string; problem: string };

export type Variables = Readonly<Record<string, string | undefined>>;
