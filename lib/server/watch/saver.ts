import "server-only";

import type { Instant } from "@/lib/domain/instant";
import type { Entry } from "@/lib/server/history/recording";

/** Entries that wait for a database which cannot be written; past this the oldest are given up. */
const mostPending = 20_000;

export type Saver = ReturnType<typeof createSaver>;

/**
 * Writes entries to history in order. While the database cannot be written they wait in memory and
 * go with the next attempt, so that the live view goes on and history resumes by itself.
 */
export function createSaver(
  write: (entries: readonly Entry[]) => Promise<void>,
  onFailure: (error: unknown) => void,
) {
  let pending: Entry[] = [];
  let failingSince: Instant | null = null;
  let queue: Promise<void> = Promise.resolve();

  async function flush(at: Instant): Promise<void> {
    const batch = pending;
    if (batch.length === 0) return;
    try {
      await write(batch);
      pending = pending.slice(batch.length);
      failingSince = null;
    } catch (error) {
      if (failingSince === null) onFailure(error);
      failingSince ??= at;
    }
  }

  return {
    /** Resolves when the entries are committed, or when the attempt has failed and they wait. Never rejects. */
    save: (entries: readonly Entry[], at: Instant): Promise<void> => {
      pending = [...pending, ...entries].slice(-mostPending);
      queue = queue.then(() => flush(at));
      return queue;
    },
    /** Since when history is not being saved; null while it is. */
    failingSince: () => failingSince,
    /** Resolves when nothing is being written. */
    idle: () => queue,
  };
}
