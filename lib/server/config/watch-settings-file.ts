import "server-only";

import { statSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

import { second, type Instant } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";

import type { SettingsMistake } from "./mistake";
import type { Organization } from "./organization";
import type { Settings } from "./settings";
import { readSettingsFile } from "./settings-file";

const checkEvery = second;

/** What is wrong with the settings file, and since when it has been so. */
type SettingsTrouble = { since: Instant; mistakes: readonly SettingsMistake[] };
export type SettingsFileWatch = { trouble: () => SettingsTrouble | null };

/**
 * Reads the settings file again whenever it has changed. What is in order is handed on; a file with mistakes changes
 * nothing, is said in the log with every mistake, and is told as trouble until it is in order again.
 */
export function watchSettingsFile(
  { configFile: file, organizations: told }: Pick<Settings, "configFile" | "organizations">,
  parts: { log: Log; onChange: (organizations: readonly Organization[]) => Promise<void> },
): SettingsFileWatch {
  const { log, onChange } = parts;
  let trouble: SettingsTrouble | null = null;
  if (file === null) return { trouble: () => null };
  // Looked at once more in any case: it may have been changed during the start.
  let stamp = "";
  let inForce = told;
  let underWay = Promise.resolve();

  function check(path: string): void {
    const next = toStamp(path);
    if (next === stamp) return;
    stamp = next;
    const { organizations, mistakes } = readSettingsFile(path, process.env);
    if (organizations === null) {
      if (isDeepStrictEqual(trouble?.mistakes, mistakes)) return;
      trouble = { since: trouble?.since ?? Date.now(), mistakes };
      const said = mistakes.map(({ setting, problem }) => `${setting} ${problem}`);
      log.error({ mistakes: said }, "The settings file has mistakes. The former settings stay in force.");
      return;
    }
    if (trouble !== null) log.info("The settings file is in order again.");
    trouble = null;
    if (isDeepStrictEqual(organizations, inForce)) return;
    inForce = organizations;
    underWay = underWay
      .then(() => onChange(organizations))
      .then(() =>
        log.info({ organizations: organizations.map(({ org }) => org) }, "The settings file was read again."),
      )
      .catch((error: unknown) =>
        log.error({ fault: String(error) }, "The settings could not be taken over."),
      );
  }

  setInterval(() => check(file), checkEvery).unref();
  return { trouble: () => trouble };
}

/** Another text once the file has changed. One that has just changed is read once more when it has settled. */
function toStamp(file: string): string {
  try {
    const { ctimeMs, size, ino } = statSync(/* turbopackIgnore: true */ file);
    return `${ctimeMs} ${size} ${ino} ${Date.now() - ctimeMs > checkEvery}`;
  } catch {
    return "none";
  }
}
