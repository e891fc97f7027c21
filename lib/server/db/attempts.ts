import "server-only";

import type { Kysely } from "kysely";

import { smallest } from "@/lib/domain/extremes";
import type { Duration, Instant } from "@/lib/domain/instant";

import { asHistory } from "./database-problem";
import type { Database } from "./schema";

/** Allows at most `most` attempts per key within any stretch of length `within`. */
export type AttemptLimit = { key: string; most: number; within: Duration };

/** A counted attempt. Give it back if it turns out not to count. */
export type Attempt = { key: string; slot: number; at: Instant };

/**
 * Counts attempts across all instances and restarts. Each key has `most` slots, and a slot is free again after `within`.
 * Concurrent attempts compete for slots, so they never exceed the limit.
 */
export function openAttempts(db: Kysely<Database>) {
  async function findFree({ key, most, within }: AttemptLimit, now: Instant) {
    const taken = await db.selectFrom("attempt").selectAll().where("key", "=", key).execute();
    const slots = new Map(taken.map(({ slot, at }) => [slot, at]));
    for (let slot = 0; slot < most; slot += 1) {
      const at = slots.get(slot) ?? null;
      if (at === null || at <= now - within) return { slot, at };
    }
    return { slot: null, at: smallest(slots.values()) ?? now };
  }

  /** False if another request took the slot first. */
  async function takeSlot(key: string, slot: number, former: Instant | null, now: Instant): Promise<boolean> {
    if (former === null) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("attempt")
        .values({ key, slot, at: now })
        .onConflict((conflict) => conflict.columns(["key", "slot"]).doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    }
    const { numUpdatedRows } = await db
      .updateTable("attempt")
      .set({ at: now })
      .where("key", "=", key)
      .where("slot", "=", slot)
      .where("at", "=", former)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  return {
    /** When the next attempt is allowed; null means now. Writes nothing, so it is cheap while the limit is reached. */
    nextAt: asHistory(async (limit: AttemptLimit, now: Instant): Promise<Instant | null> => {
      const { slot, at } = await findFree(limit, now);
      return slot === null ? at + limit.within : null;
    }),
    /** Counts an attempt, or returns when the next one is allowed. */
    take: asHistory(async (limit: AttemptLimit, now: Instant): Promise<Attempt | { nextAt: Instant }> => {
      for (;;) {
        const { slot, at } = await findFree(limit, now);
        if (slot === null) return { nextAt: at + limit.within };
        if (await takeSlot(limit.key, slot, at, now)) return { key: limit.key, slot, at: now };
      }
    }),
    giveBack: asHistory(async ({ key, slot, at }: Attempt): Promise<void> => {
      await db
        .deleteFrom("attempt")
        .where("key", "=", key)
        .where("slot", "=", slot)
        .where("at", "=", at)
        .execute();
    }),
    pruneBefore: asHistory(async (instant: Instant): Promise<void> => {
      await db.deleteFrom("attempt").where("at", "<", instant).execute();
    }),
    /** Resets the limits of all keys. */
    invalidateAll: asHistory(async (): Promise<void> => {
      await db.deleteFrom("attempt").execute();
    }),
  };
}
