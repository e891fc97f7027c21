import "server-only";

import { statSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

import { second, type Instant } from "@/lib/domain/instant";
import type { Log } from "@/lib/server/log";

import type { SettingsMistake } from "./issues";
import type { Organization } from "./organization";
import type { Settings } from "./settings";
import { readSettingsFile } from "./settings-file";

const checkEvery = second;

/** What is wrong with the settings file, and since when it has been so. */
type SettingsIssues = { since: Instant; mistakes: readonly SettingsMistake[] };
/** Since when a valid settings file waits to be applied, and why, as the end of a sentence. */
type PendingSettings = { since: Instant; problem: string };
export type SettingsFileWatch = {
  issues: () => SettingsIssues | null;
  /** Null where the file that was read last is in force. */
  pending: () => PendingSettings | null;
};

/**
 * Reads the settings file again whenever it has changed. What is in order is handed on; a file with mistakes changes
 * nothing, is said in the log with every mistake, and is told as trouble until it is in order again. When `onChange`
 * rejects, it is called again every second until it resolves.
 */
export function watchSettingsFile(
  { configFile: file, organizations: told }: Pick<Settings, "configFile" | "organizations">,
  parts: {
    log: Log;
    onChange: (organizations: readonly Organization[]) => Promise<void>;
    toProblem: (error: unknown) => string;
  },
): SettingsFileWatch {
  const { log } = parts;
  let issues: SettingsIssues | null = null;
  if (file === null) return { issues: () => null, pending: () => null };
  // Looked at once more in any case: it may have been changed during the start.
  let stamp = "";
  const applier = createApplier(told, parts);

  function check(path: string): void {
    const next = toStamp(path);
    if (next === stamp) return;
    stamp = next;
    const { organizations, mistakes } = readSettingsFile(path, process.env);
    if (organizations === null) {
      if (isDeepStrictEqual(issues?.mistakes, mistakes)) return;
      issues = { since: issues?.since ?? Date.now(), mistakes };
      const said = mistakes.map(({ setting, problem }) => `${setting} ${problem}`);
      log.error({ mistakes: said }, "The settings file has mistakes. The former settings stay in force.");
      return;
    }
    if (issues !== null) log.info("The settings file is in order again.");
    issues = null;
    applier.want(organizations);
  }

  setInterval(() => {
    check(file);
    void applier.apply();
  }, checkEvery).unref();
  return { issues: () => issues, pending: applier.pending };
}

/** Applies the newest wanted organizations, one change at a time, until each has taken. */
function createApplier(initial: readonly Organization[], parts: Parameters<typeof watchSettingsFile>[1]) {
  const { log, onChange, toProblem } = parts;
  let wanted = initial;
  let inForce: readonly Organization[] | null = initial;
  let pending: PendingSettings | null = null;
  let isApplying = false;

  async function apply(): Promise<void> {
    if (isApplying || isDeepStrictEqual(wanted, inForce)) return;
    isApplying = true;
    const organizations = wanted;
    // Until it has taken, parts of it may be in force: then the former settings are a change as well.
    inForce = null;
    try {
      await onChange(organizations);
      inForce = organizations;
      pending = null;
      log.info({ organizations: organizations.map(({ org }) => org) }, "The settings file was read again.");
    } catch (error) {
      if (pending === null) log.error({ fault: String(error) }, "The settings could not be applied yet.");
      pending = { since: pending?.since ?? Date.now(), problem: toProblem(error) };
    } finally {
      isApplying = false;
    }
  }

  return {
    apply,
    pending: () => pending,
    want: (organizations: readonly Organization[]): void => {
      wanted = organizations;
    },
  };
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
