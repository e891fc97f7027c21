import "server-only";

import { statSync } from "node:fs";

import { second } from "@/lib/domain/instant";

import { managementKey } from "./organization";
import { readSmallFile } from "./files";

/** The key cannot be used. The message is for people and never holds the key. */
class InvalidKeyError extends Error {
  override readonly name = "InvalidKeyError";
}

const checkEvery = second;
/** Room for the longest key and what else an editor leaves; the key itself is checked afterwards. */
const mostBytes = 4_096;

/**
 * Hands out the management key: a fixed one, or the content of a file that is read again when the
 * file changes, so that a rotated key needs no restart. A file that cannot be read, or holds no key,
 * leaves the last good key in use, and whoever listens is told what is wrong.
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
  /** Replies under way may yet hold a key that was replaced. */
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
    // eslint-disable-next-line @typescript-eslint/require-await -- what refresh throws is to reject
    readKey: async (): Promise<string> => key ?? refresh(),
    /** Every key that it has handed out, the one in use last. */
    secrets: (): readonly string[] => [...known],
    /** Calls the listener whenever the file holds another key than before. */
    onChange: (listener: () => void): void => {
      listeners = [...listeners, listener];
    },
    /** Calls the listener with a sentence once the file holds no usable key, and with null once it does again. */
    onProblem: (listener: (problem: string | null) => void): void => {
      problemListeners = [...problemListeners, listener];
    },
    close: (): void => clearInterval(timer),
  };
}

/** What is wrong with the file, in words that never hold what is in it. */
function toProblem(error: unknown): string {
  if (error instanceof InvalidKeyError) return `The key file ${error.message}`;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return `The key file cannot be read (${code}).`;
}

/**
 * Another text once the file has changed. Unlike the time of modification, that of change cannot be
 * set; within one tick of its clock a file may change twice, so one that has just changed is read
 * once more when it has settled.
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
