import "server-only";

import { readFileSync, statSync } from "node:fs";

import { second } from "@/lib/domain/instant";

/** The key cannot be used. The message is for people and never holds the key. */
class InvalidKeyError extends Error {
  override readonly name = "InvalidKeyError";
}

const usable = /^[\x21-\x7e]+$/;
const checkEvery = second;

/**
 * Hands out the management key: a fixed one, or the content of a file that is read again when the
 * file changes, so that a rotated key needs no restart. A file that cannot be read for a moment, or
 * holds no key for a moment, leaves the last good key in use.
 */
export function createKeyReader(source: { value: string } | { file: string }) {
  if ("value" in source) {
    const value = checked(source.value);
    return {
      readKey: () => Promise.resolve(value),
      current: () => value,
      onChange: () => undefined,
      close: () => undefined,
    };
  }
  return createFileReader(source.file);
}

function createFileReader(file: string) {
  let key: string | null = null;
  let stamp = "";
  let listeners: (() => void)[] = [];

  function refresh(): string {
    const next = toStamp(file);
    if (key !== null && next === stamp) return key;
    const former = key;
    const fresh = checked(readFileSync(/* turbopackIgnore: true */ file, "utf8").replace(/\r?\n$/, ""));
    key = fresh;
    stamp = next;
    if (former !== null && former !== fresh) for (const listener of listeners) listener();
    return fresh;
  }

  function refreshOrKeep(): void {
    try {
      refresh();
    } catch {
      // What is wrong is said to whoever asks for a key while there is none.
    }
  }

  const timer = setInterval(refreshOrKeep, checkEvery);
  timer.unref();

  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- what refresh throws is to reject
    readKey: async (): Promise<string> => key ?? refresh(),
    current: (): string | null => key,
    /** Calls the listener whenever the file holds another key than before. */
    onChange: (listener: () => void): void => {
      listeners = [...listeners, listener];
    },
    close: (): void => clearInterval(timer),
  };
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
  if (usable.test(key)) return key;
  throw new InvalidKeyError(
    "holds a space, a line break or another character that no key has, or nothing at all.",
  );
}
