import "server-only";

import { isRejection } from "@/lib/server/history/database-problem";
import type { Entry } from "@/lib/server/history/recording";

/** An entry that the database does not take whenever it is offered, and the engine's error. */
export type RejectedEntry = { entry: Entry; error: unknown };

/**
 * Writes entries in order. Where the database rejects one for what it says, the entries are halved until that
 * one stands alone, and the others are written; answers with what was rejected. Throws when the database itself
 * does not work: then the entries may be given again, since writing them twice changes nothing.
 */
export async function writeAccepted(
  write: (entries: readonly Entry[]) => Promise<void>,
  entries: readonly Entry[],
): Promise<RejectedEntry[]> {
  try {
    await write(entries);
    return [];
  } catch (error) {
    if (!isRejection(error)) throw error;
    const [entry] = entries;
    if (entry !== undefined && entries.length === 1) return [{ entry, error }];
    const half = Math.ceil(entries.length / 2);
    const rejected = await writeAccepted(write, entries.slice(0, half));
    return [...rejected, ...(await writeAccepted(write, entries.slice(half)))];
  }
}
