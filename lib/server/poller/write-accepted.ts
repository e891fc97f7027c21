import "server-only";

import { isNamedByEngine, isRejection } from "@/lib/server/db/database-problem";
import type { Entry } from "@/lib/server/db/recording";

/** An entry that the database rejects for its content, with the engine's error. */
export type RejectedEntry = { entry: Entry; error: unknown };

type Write = (entries: readonly Entry[]) => Promise<void>;

/**
 * Writes entries in order. If the database rejects one for its content, halves the entries until that one is alone,
 * writes the others, and returns what was rejected. Throws when the database itself fails, or when all of several
 * entries fail without an error code of the engine. Entries may then be written again: writing is idempotent.
 */
export async function writeAccepted(write: Write, entries: readonly Entry[]): Promise<RejectedEntry[]> {
  const rejected = await writeHalves(write, entries);
  const isAll = entries.length > 1 && rejected.length === entries.length;
  // All entries being wrong is unlikely: more likely the write itself failed.
  if (isAll && !rejected.some(({ error }) => isNamedByEngine(error))) throw rejected[0]?.error;
  return rejected;
}

async function writeHalves(write: Write, entries: readonly Entry[]): Promise<RejectedEntry[]> {
  try {
    await write(entries);
    return [];
  } catch (error) {
    if (!isRejection(error)) throw error;
    const [entry] = entries;
    if (entry !== undefined && entries.length === 1) return [{ entry, error }];
    const half = Math.ceil(entries.length / 2);
    const rejected = await writeHalves(write, entries.slice(0, half));
    return [...rejected, ...(await writeHalves(write, entries.slice(half)))];
  }
}
