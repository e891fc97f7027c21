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

type SettingsIssues = { since: Instant; mistakes: readonly SettingsMistake[] };
/** A valid settings file that is not applied yet. `problem` says why, as the end of a sentence. */
type PendingSettings = { since: Instant; problem: string };
export type SettingsFileWatch = {
  issues: () => SettingsIssues | null;
  /** Null if the file that was last read has been applied. */
  pending: () => PendingSettings | null;
};

/**
 * Reads the settings file again when it changes. A valid file is passed to `onChange`, which is retried every second
 * until it resolves. A file with mistakes changes nothing: every mistake is logged, and `issues` returns them until the
 * file is valid again.
 */
export function watchSettingsFile(
  { configFile: file, organizations: initial }: Pick<Settings, "configFile" | "organizations">,
  parts: {
    log: Log;
    onChange: (organizations: readonly Organization[]) => Promise<void>;
    toProblem: (error: unknown) => string;
  },
): SettingsFileWatch {
  const { log } = parts;
  let issues: SettingsIssues | null = null;
  if (file === null) return { issues: () => null, pending: () => null };
  // Empty, so that the first check always reads: the file may have changed during startup.
  let stamp = "";
  const applier = createApplier(initial, parts);

  function check(path: string): void {
    const next = toStamp(path);
    if (next === stamp) return;
    stamp = next;
    const { organizations, mistakes } = readSettingsFile(path, process.env);
    if (organizations === null) {
      if (isDeepStrictEqual(issues?.mistakes, mistakes)) return;
      issues = { since: issues?.since ?? Date.now(), mistakes };
      const lines = mistakes.map(({ setting, problem }) => `${setting} ${problem}`);
      log.error({ mistakes: lines }, "settings file has errors, the previous settings still apply");
      return;
    }
    if (issues !== null) log.info("settings file is valid again");
    issues = null;
    applier.want(organizations);
  }

  setInterval(() => {
    check(file);
    void applier.apply();
  }, checkEvery).unref();
  return { issues: () => issues, pending: applier.pending };
}

/** Applies the latest organizations, one change at a time, and retries until it succeeds. */
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
    // A failed change may be half applied, so going back to the previous settings counts as a change too.
    inForce = null;
    try {
      await onChange(organizations);
      inForce = organizations;
      pending = null;
      log.info({ organizations: organizations.map(({ org }) => org) }, "settings file applied");
    } catch (error) {
      if (pending === null) log.error({ err: error }, "settings file could not be applied, retrying");
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

/** A text that differs once the file has changed. A file that has just changed is read once more a second later. */
function toStamp(file: string): string {
  try {
    const { ctimeMs, size, ino } = statSync(/* turbopackIgnore: true */ file);
    return `${ctimeMs} ${size} ${ino} ${Date.now() - ctimeMs > checkEvery}`;
  } catch {
    return "none";
  }
}
