import "server-only";

import { setTimeout } from "node:timers/promises";

import type { Duration, Instant } from "@/lib/domain/instant";
import { toDatabaseProblem } from "@/lib/server/db/database-problem";
import { LostLeadership } from "@/lib/server/db/lease";
import type { Entry } from "@/lib/server/db/recording";

import { toWaiting } from "./waiting-entries";
import { writeAccepted, type RejectedEntry } from "./write-accepted";

/** So long a poll waits for its news to be saved before they are shown; twice that is no gap at any interval. */
const patience: Duration = 500;

export type HistoryWriter = ReturnType<typeof createHistoryWriter>;

/** Since when the database does not take what it is to take, and why, as the end of a sentence. */
export type DatabaseOutage = { since: Instant; problem: string };

/**
 * Writes entries to history in order. While the database cannot be written they wait in memory and
 * go with the next attempt, so that the live view goes on and history resumes by itself. An entry that the
 * database rejects for what it says is left out, and holds up no other. Once another
 * instance watches (`onLostLeadership`) nothing is kept for writing any more.
 */
export function createHistoryWriter(
  write: (entries: readonly Entry[]) => Promise<void>,
  onFailure: (error: unknown) => void,
  onLostLeadership: () => void = () => undefined,
  /** Told of the first entry of an endpoint that the database does not take whenever it is offered. */
  onRejected: (rejected: RejectedEntry) => void = () => undefined,
) {
  let pending: Entry[] = [];
  let outage: DatabaseOutage | null = null;
  let isOver = false;
  const rejecting = new Set<string>();
  let queue: Promise<void> = Promise.resolve();
  /** The write that has not begun yet, which takes all that comes until it does. */
  let next: Promise<void> | null = null;

  function setSlow(at: Instant): void {
    if (isOver) return;
    outage ??= { since: at, problem: "the database takes too long to answer" };
  }

  async function flush(at: Instant): Promise<void> {
    const batch = pending;
    if (batch.length === 0 || isOver) return;
    pending = [];
    try {
      noteRejected(await writeAccepted(write, batch));
      outage = null;
    } catch (error) {
      if (error instanceof LostLeadership) {
        end();
        return;
      }
      if (outage === null) onFailure(error);
      outage = { since: outage?.since ?? at, problem: toDatabaseProblem(error) };
      pending = toWaiting([...batch, ...pending]);
    }
  }

  function noteRejected(rejected: readonly RejectedEntry[]): void {
    for (const each of rejected) {
      const { endpointId } = each.entry;
      if (!rejecting.has(endpointId)) onRejected(each);
      rejecting.add(endpointId);
    }
  }

  function end(): void {
    isOver = true;
    pending = [];
    outage = null;
    onLostLeadership();
  }

  return {
    /**
     * Resolves when the entries are committed, or when the attempt has failed and they wait. Who saves is
     * not kept waiting by a database that is slow to say either: then, and for as long as the database is
     * in trouble, it resolves without. Never rejects.
     */
    save: (entries: readonly Entry[], at: Instant): Promise<void> => {
      pending.push(...entries);
      next ??= queue.then(() => {
        next = null;
        return flush(at);
      });
      queue = next;
      return outage === null ? atMost(patience, queue, () => setSlow(at)) : Promise.resolve();
    },
    /** Why history is not being saved; null while it is. */
    outage: () => outage,
    /** Whether another instance watches by now, so that what this one sees is nobody's news. */
    isOver: () => isOver,
    /** Resolves when nothing is being written. */
    idle: () => queue,
  };
}

/** Waits for `work` for so long at most, and says when it was too long. */
async function atMost(most: Duration, work: Promise<void>, onLate: () => void): Promise<void> {
  const ended = new AbortController();
  const late = setTimeout(most, "late" as const, { signal: ended.signal, ref: false }).catch(() => null);
  const first = await Promise.race([work, late]);
  ended.abort();
  if (first === "late") onLate();
}
