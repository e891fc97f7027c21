import "server-only";

import { setTimeout } from "node:timers/promises";

import type { Duration, Instant } from "@/lib/domain/instant";
import { toDatabaseProblem } from "@/lib/server/db/database-problem";
import { LostLeadership } from "@/lib/server/db/lease";
import type { Entry } from "@/lib/server/db/recording";

import { toWaiting } from "./waiting-entries";
import { writeAccepted, type RejectedEntry } from "./write-accepted";

/** How long a poll waits for its entries to be written before it is shown. Twice that is no gap at any interval. */
const patience: Duration = 500;

export type HistoryWriter = ReturnType<typeof createHistoryWriter>;

/** Since when the database cannot be written; `problem` is the end of a sentence. */
export type DatabaseOutage = { since: Instant; problem: string };

/**
 * Writes entries to history in order. While the database cannot be written they wait in memory for the next attempt, so
 * that the live view continues and history resumes by itself. An entry that the database rejects for its content is
 * skipped. After leadership is lost (`onLostLeadership`) nothing is kept for writing.
 */
export function createHistoryWriter(
  write: (entries: readonly Entry[]) => Promise<void>,
  onFailure: (error: unknown) => void,
  onLostLeadership: () => void = () => undefined,
  /** Called for the first rejected entry of an endpoint. */
  onRejected: (rejected: RejectedEntry) => void = () => undefined,
) {
  let pending: Entry[] = [];
  let outage: DatabaseOutage | null = null;
  /** Whether the write under way is the one after which everything that was shown during the outage is written. */
  let isLastOfOutage = false;
  let isOver = false;
  const rejecting = new Set<string>();
  let queue: Promise<void> = Promise.resolve();
  /** The write that has not begun; it takes all entries that arrive until then. */
  let next: Promise<void> | null = null;

  function setSlow(at: Instant): void {
    if (isOver) return;
    outage ??= { since: at, problem: "the database takes too long to answer" };
    isLastOfOutage = false;
  }

  async function flush(at: Instant): Promise<void> {
    const batch = pending;
    if (batch.length === 0 || isOver) return;
    pending = [];
    try {
      noteRejected(await writeAccepted(write, batch));
      isLastOfOutage = outage !== null && pending.length > 0 && !isLastOfOutage;
      if (!isLastOfOutage) outage = null;
    } catch (error) {
      if (error instanceof LostLeadership) {
        end();
        return;
      }
      if (outage === null) onFailure(error);
      outage = { since: outage?.since ?? at, problem: toDatabaseProblem(error) };
      isLastOfOutage = false;
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
     * Resolves when the entries are committed, or when the attempt failed and they wait in memory. If the database is
     * slow or failing, resolves without waiting for the commit. Never rejects.
     */
    save: (entries: readonly Entry[], at: Instant): Promise<void> => {
      pending.push(...entries);
      next ??= queue.then(() => {
        next = null;
        return flush(at);
      });
      queue = next;
      const isWaitedFor = outage === null || isLastOfOutage;
      return isWaitedFor ? atMost(patience, queue, () => setSlow(at)) : Promise.resolve();
    },
    /** Why history cannot be written; null while it can. */
    outage: () => outage,
    /** Whether another instance leads by now, so that results of this one must not be shown. */
    isOver: () => isOver,
    /** Resolves when no write is under way. */
    idle: () => queue,
  };
}

/** Waits for `work`, `most` milliseconds at most; calls `onLate` when it takes longer. */
async function atMost(most: Duration, work: Promise<void>, onLate: () => void): Promise<void> {
  const ended = new AbortController();
  const late = setTimeout(most, "late" as const, { signal: ended.signal, ref: false }).catch(() => null);
  const first = await Promise.race([work, late]);
  ended.abort();
  if (first === "late") onLate();
}
