import "server-only";

import { closeSync, openSync, readSync, statSync } from "node:fs";

/** What a file holds, or what is wrong with it, as the end of a sentence about it. */
export type SmallFile = { text: string; problem: null } | { text: null; problem: string };

/**
 * Reads a file of at most `mostBytes` as UTF-8. Never throws and never waits: a pipe or a device, from which reading
 * might not end, is refused.
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

/** Counts the bytes as they come: some file systems report a size of 0, and a file may grow meanwhile. */
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
