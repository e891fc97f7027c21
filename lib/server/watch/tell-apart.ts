import "server-only";

import { isRefusedRow, toDatabaseReason } from "@/lib/server/history/database-problem";
import type { Sight } from "@/lib/server/history/sights";
import type { Log } from "@/lib/server/log";

/** More refused rows than this are the database's trouble, and are told as such. */
const mostRefused = 64;

type Publish = (sights: readonly Sight[], options: { isAll: boolean }) => Promise<void>;

/** Publishes snapshots so that one row which the database refuses keeps back none of the others. */
export function createTelling({ publish, log }: { publish: Publish; log: Log }) {
  /** Names of refused rows: they are published one by one until they are taken. */
  const refused = new Set<string>();

  async function tellHalves(sights: readonly Sight[], error: unknown): Promise<void> {
    const [only, ...others] = sights;
    if (only === undefined) return;
    if (others.length > 0) {
      const half = Math.ceil(sights.length / 2);
      for (const some of [sights.slice(0, half), sights.slice(half)]) await tellSome(some, { isAll: false });
      return;
    }
    refused.add(only.name);
    log.error(
      { name: only.name, fault: toDatabaseReason(error) },
      "The other instances cannot be told of this.",
    );
    if (refused.size > mostRefused) throw error;
  }

  async function tellSome(sights: readonly Sight[], { isAll }: { isAll: boolean }): Promise<void> {
    try {
      await publish(sights, { isAll });
    } catch (error) {
      if (!isRefusedRow(error)) throw error;
      if (isAll) await publish([], { isAll });
      await tellHalves(sights, error);
    }
  }

  async function tellAlone(sight: Sight): Promise<void> {
    try {
      await publish([sight], { isAll: false });
      refused.delete(sight.name);
    } catch (error) {
      if (!isRefusedRow(error)) throw error;
    }
  }

  return {
    /** Rejects when the database does not answer, or refuses more than a few. Of one name the last is told. */
    tell: async (sights: readonly Sight[], options: { isAll: boolean }): Promise<void> => {
      const all = [...new Map(sights.map((sight) => [sight.name, sight])).values()];
      await tellSome(
        all.filter(({ name }) => !refused.has(name)),
        options,
      );
      for (const sight of all.filter(({ name }) => refused.has(name))) await tellAlone(sight);
    },
  };
}
