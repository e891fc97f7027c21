import "server-only";

import { isRefusedRow } from "@/lib/server/db/database-problem";
import type { Snapshot } from "@/lib/server/db/snapshots";
import type { Log } from "@/lib/server/log";

/** More rejected rows than this mean that the database itself fails. */
const mostRefused = 64;

type Publish = (snapshots: readonly Snapshot[], options: { isAll: boolean }) => Promise<void>;

/** Publishes snapshots so that a row which the database rejects does not hold back the others. */
export function createPublication({ publish, log }: { publish: Publish; log: Log }) {
  /** Names of rejected rows. They are published one by one until they are accepted. */
  const refused = new Set<string>();

  async function publishHalves(snapshots: readonly Snapshot[], error: unknown): Promise<void> {
    const [only, ...others] = snapshots;
    if (only === undefined) return;
    if (others.length > 0) {
      const half = Math.ceil(snapshots.length / 2);
      for (const some of [snapshots.slice(0, half), snapshots.slice(half)])
        await publishSome(some, { isAll: false });
      return;
    }
    refused.add(only.name);
    log.error({ name: only.name, err: error }, "snapshot rejected by the database, not published");
    if (refused.size > mostRefused) throw error;
  }

  async function publishSome(snapshots: readonly Snapshot[], { isAll }: { isAll: boolean }): Promise<void> {
    try {
      await publish(snapshots, { isAll });
    } catch (error) {
      if (!isRefusedRow(error)) throw error;
      if (isAll) await publish([], { isAll });
      await publishHalves(snapshots, error);
    }
  }

  async function publishAlone(snapshot: Snapshot): Promise<void> {
    try {
      await publish([snapshot], { isAll: false });
      refused.delete(snapshot.name);
    } catch (error) {
      if (!isRefusedRow(error)) throw error;
    }
  }

  return {
    /**
     * Rejects when the database does not answer, or rejects more than a few rows. If several snapshots have one name,
     * only the last is published.
     */
    publishSnapshots: async (snapshots: readonly Snapshot[], options: { isAll: boolean }): Promise<void> => {
      const all = [...new Map(snapshots.map((snapshot) => [snapshot.name, snapshot])).values()];
      await publishSome(
        all.filter(({ name }) => !refused.has(name)),
        options,
      );
      for (const snapshot of all.filter(({ name }) => refused.has(name))) await publishAlone(snapshot);
    },
  };
}
