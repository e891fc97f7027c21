import "server-only";

import { isNamedByEngine, isRejection } from "@/lib/server/db/database-problem";
import type { Entry } from "@/lib/server/db/recording";

/** An entry that the database does not take whenever it is offered, and the engine's error. */
export type RejectedEntry = { entry: Entry; error: unknown };

type Write = (entries: readonly Entry[]) => Promise<void>;

/**
 * Writes entries in order. Where the database rejects one for what it says, the entries are halved until that
 * one stands alone, and the others are written; answers with what was rejected. Throws when the database itself
 * does not work, or when none of several entries is taken and no engine says why: then the entries may be given
 * again, since writing them twice changes nothing.
 */
export async function writeAccepted(write: Write, entries: readonly Entry[]): Promise<RejectedEntry[]> {
  const rejected = await writeHalves(write, entries);
  const isAll = entries.length > 1 && rejected.length === entries.length;
  // Hardly all of them are wrong: it is the writing that fails.
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
