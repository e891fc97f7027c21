import "server-only";

import type { SettingsMistake, Variables } from "./mistake";
import { readSmallFile } from "./read-small-file";

/** Settings that may stand in a file instead, whose name is then in a setting of the same name with `_FILE`. */
const inFiles = [
  "ROLLCALL_OIDC_CLIENT_SECRET",
  "ROLLCALL_GITHUB_CLIENT_SECRET",
  "ROLLCALL_GOOGLE_CLIENT_SECRET",
  "ROLLCALL_SECRET",
] as const;

const mostBytes = 4_096;

/** Puts the contents of the named files, without the line break at their end, in the places of their names. */
export function readSecretFiles(variables: Variables): { given: Variables; mistakes: SettingsMistake[] } {
  const given: Record<string, string | undefined> = { ...variables };
  const mistakes: SettingsMistake[] = [];
  for (const name of inFiles) {
    const setting = `${name}_FILE`;
    const file = given[setting];
    if (file === undefined) continue;
    if (given[name] !== undefined) {
      mistakes.push({ setting, problem: `and ${name} are both set. Keep one of them.` });
      continue;
    }
    const { text, problem } = readSmallFile(file, mostBytes);
    if (text === null) mistakes.push({ setting, problem: `names a file that ${problem}: ${file}` });
    else given[name] = text.replace(/\r?\n$/, "");
  }
  return { given, mistakes };
}
