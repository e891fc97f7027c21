import "server-only";

import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";

import type { SettingsMistake, Variables } from "./issues";

/** The content of a file, or what is wrong with it, as the end of a sentence that begins with the file. */
export type SmallFile = { text: string; problem: null } | { text: null; problem: string };

/**
 * Reads a file of at most `mostBytes` as UTF-8. Never throws and never blocks: pipes and devices are rejected, because
 * reading them might not end.
 */
export function readSmallFile(file: string, mostBytes: number): SmallFile {
  try {
    if (!statSync(/* turbopackIgnore: true */ file).isFile()) return refused("is not a regular file");
    const bytes = readBytes(file, mostBytes + 1);
    if (bytes.length > mostBytes) return refused(`is larger than ${toSize(mostBytes)}`);
    return { text: bytes.toString("utf8"), problem: null };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return refused(`cannot be read (${code})`);
  }
}

/** Does not rely on the reported size: some file systems report 0, and a file may grow while it is read. */
function readBytes(file: string, most: number): Buffer {
  const buffer = Buffer.alloc(most);
  const descriptor = openSync(/* turbopackIgnore: true */ file, "r");
  try {
    let length = 0;
    while (length < most) {
      const count = readSync(descriptor, buffer, length, most - length, null);
      if (count === 0) break;
      length += count;
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function refused(problem: string): SmallFile {
  return { text: null, problem };
}

function toSize(bytes: number): string {
  return bytes < 1_024 ? `${bytes} bytes` : `${bytes / 1_024} kB`;
}

/** Whether this process may read a file. */
export function isReadable(file: string): boolean {
  try {
    accessSync(/* turbopackIgnore: true */ file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Settings whose value can be read from a file: the same name with `_FILE` names it. */
const inFiles = [
  "ROLLCALL_OIDC_CLIENT_SECRET",
  "ROLLCALL_GITHUB_CLIENT_SECRET",
  "ROLLCALL_GOOGLE_CLIENT_SECRET",
  "ROLLCALL_SECRET",
  "ROLLCALL_SLACK_WEBHOOK_URL",
  "ROLLCALL_SLACK_TOKEN",
  "ROLLCALL_SMTP_URL",
  "ROLLCALL_WEBHOOK_URL",
  "ROLLCALL_WEBHOOK_SECRET",
] as const;

const mostBytes = 4_096;

/** Replaces each `…_FILE` setting by the content of its file, without the final line break. */
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
