import "server-only";

import { statSync } from "node:fs";

import { second } from "@/lib/domain/instant";

import { managementKey } from "./organization";
import { readSmallFile } from "./files";

/** The key cannot be used. The message is for people and never contains the key. */
class InvalidKeyError extends Error {
  override readonly name = "InvalidKeyError";
}

const checkEvery = second;
/** Room for the longest key and anything an editor adds; the key itself is checked afterwards. */
const mostBytes = 4_096;

/**
 * Provides the management key: a fixed one, or the content of a file that is read again when it changes, so a rotated
 * key needs no restart. If the file cannot be read or contains no key, the last good key stays in use and `onProblem`
 * listeners get the reason.
 */
export function createKeyReader(source: { value: string } | { file: string }) {
  if ("value" in source) {
    const value = checked(source.value);
    return {
      readKey: () => Promise.resolve(value),
      secrets: () => [value],
      onChange: () => undefined,
      onProblem: () => undefined,
      close: () => undefined,
    };
  }
  return createFileReader(source.file);
}

function createFileReader(file: string) {
  let key: string | null = null;
  let stamp = "";
  let problem: string | null = null;
  let listeners: (() => void)[] = [];
  let problemListeners: ((problem: string | null) => void)[] = [];
  /** Replies to requests under way may still echo a key that was replaced. */
  const known = new Set<string>();

  function refresh(): string {
    const next = toStamp(file);
    if (key !== null && next === stamp) return key;
    const former = key;
    const { text, problem: fault } = readSmallFile(file, mostBytes);
    if (text === null) throw new InvalidKeyError(`${fault}.`);
    const fresh = checked(text.replace(/\r?\n$/, ""));
    key = fresh;
    stamp = next;
    known.delete(fresh);
    known.add(fresh);
    if (former !== null && former !== fresh) for (const listener of listeners) listener();
    return fresh;
  }

  function refreshOrKeep(): void {
    let found: string | null = null;
    try {
      refresh();
    } catch (error) {
      found = toProblem(error);
    }
    if (found === problem) return;
    problem = found;
    for (const listener of problemListeners) listener(found);
  }

  const timer = setInterval(refreshOrKeep, checkEvery);
  timer.unref();

  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- turns what refresh throws into a rejection
    readKey: async (): Promise<string> => key ?? refresh(),
    /** Every key used so far, the current one last. */
    secrets: (): readonly string[] => [...known],
    /** Calls the listener when the key has changed. */
    onChange: (listener: () => void): void => {
      listeners = [...listeners, listener];
    },
    /** Calls the listener with a sentence when the file stops holding a usable key, and with null when it does again. */
    onProblem: (listener: (problem: string | null) => void): void => {
      problemListeners = [...problemListeners, listener];
    },
    close: (): void => clearInterval(timer),
  };
}

/** What is wrong with the file; never quotes its content. */
function toProblem(error: unknown): string {
  if (error instanceof InvalidKeyError) return `The key file ${error.message}`;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return `The key file cannot be read (${code}).`;
}

/**
 * A text that differs once the file has changed. Uses ctime, because mtime can be set by anyone. A file may change twice
 * within one tick of its clock, so a file that has just changed is read once more a second later.
 */
function toStamp(file: string): string {
  const { ctimeMs, size, ino } = statSync(/* turbopackIgnore: true */ file);
  return `${ctimeMs} ${size} ${ino} ${Date.now() - ctimeMs > checkEvery}`;
}

function checked(key: string): string {
  const { success, error } = managementKey.safeParse(key);
  if (success) return key;
  throw new InvalidKeyError(error.issues[0]?.message ?? "cannot be used.");
}
