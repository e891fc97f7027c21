import "server-only";

import { statSync } from "node:fs";
import { resolve } from "node:path";

import type { Duration, Instant } from "@/lib/domain/instant";

const lookEvery: Duration = 2_000;

/** The open database file is no longer at its path, so new writes would be lost. */
class DatabaseFileRemoved extends Error {
  override readonly name = "DatabaseFileRemoved";
}

/**
 * Compares the file at a path with the open one, by device and inode. What a server writes to a removed or replaced file
 * is lost when the server ends. Call this right after opening the file.
 */
export function createFileIdentity(file: string, now: () => Instant = Date.now) {
  const path = resolve(/* turbopackIgnore: true */ file);
  const opened = identify(path);
  let looked: { at: Instant; problem: string | null } = { at: Number.NEGATIVE_INFINITY, problem: null };
  let since: Instant | null = null;

  function findProblem(): string | null {
    const found = identify(path);
    if (found === opened) return null;
    const what = found === null ? `${path} was removed` : `another file was put in the place of ${path}`;
    return `the database file is not the one that was opened: ${what} (put it back, or restart Rollcall to go on with what is there)`;
  }

  function look(): string | null {
    const problem = findProblem();
    since = problem === null ? null : (since ?? now());
    looked = { at: now(), problem };
    return problem;
  }

  return {
    /** Throws DatabaseFileRemoved unless the file is the one that was opened. */
    assertSame: (): void => {
      const problem = look();
      if (problem !== null) throw new DatabaseFileRemoved(problem);
    },
    /** Since when the file is a different one, and what to do; null while it is the same. Checks every 2 s at most. */
    outage: (): { since: Instant; problem: string } | null => {
      const isRecent = Math.abs(now() - looked.at) < lookEvery;
      const problem = isRecent ? looked.problem : look();
      return problem === null ? null : { since: since ?? now(), problem };
    },
  };
}

export type FileIdentity = ReturnType<typeof createFileIdentity>;

/** Null if there is no file. */
function identify(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev} ${found.ino}`;
}
