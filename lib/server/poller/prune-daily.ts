import "server-only";

import { setImmediate } from "node:timers/promises";

import { day, minute, type Duration, type Instant } from "@/lib/domain/instant";
import type { AccessRetention } from "@/lib/server/db/prune-access";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";

import type { Clock } from "@/lib/server/clock";
import { describeJump, type ClockWatch } from "./clock-watch";

type Parts = {
  history: Pick<HistoryStore, "readEndpoints" | "pruneBatch" | "pruneAccess" | "deliveries"> & {
    traffic: Pick<HistoryStore["traffic"], "readEndpointIds" | "pruneBatch">;
  };
  /** How long history is kept; null means forever. */
  keep: Duration | null;
  keepAccess: AccessRetention;
  /** How long notifications and their deliveries are kept. */
  keepDeliveries: Duration;
  /** How long what callers felt is kept. */
  keepTraffic: Duration;
  clock: Clock;
  clockWatch: ClockWatch;
  log: Log;
  /** Called after rows of an endpoint were pruned. */
  onPruned: (endpointId: string) => void;
};

/** Prunes history older than `keep`, old deliveries and expired access rows, a minute after the start and then daily, on the leader. */
export function pruneDaily(parts: Parts, isLeader: () => boolean): void {
  const prune = () => {
    if (isLeader()) void pruneOnce(parts);
  };
  setTimeout(prune, minute).unref();
  setInterval(prune, day).unref();
}

/**
 * Prunes everything that is due, in small batches, and logs the number of rows. Failures are retried the next day. While
 * the clock may be wrong nothing is pruned, because deleted rows cannot be restored.
 */
export async function pruneOnce(parts: Parts): Promise<void> {
  const { keep, clockWatch, log } = parts;
  const jump = clockWatch.jump();
  if (jump !== null) {
    log.warn(
      { advice: "check the time service (NTP) of this server" },
      `clock of this server jumped ${describeJump(jump.by)}; nothing pruned, retry in a day`,
    );
    return;
  }
  await pruneAccessRows(parts);
  await pruneDeliveries(parts);
  if (keep !== null) await pruneHistory(parts, parts.clock().at - keep);
  await pruneTraffic(parts, parts.clock().at - parts.keepTraffic);
}

/** Audit log, ended links, screens and sessions. */
async function pruneAccessRows({ history, keepAccess, clock, log }: Parts): Promise<void> {
  let pruned = 0;
  try {
    for (let rows = 1; rows > 0; pruned += rows) {
      rows = await history.pruneAccess(clock().at, keepAccess);
      await setImmediate();
    }
    if (pruned > 0) log.info({ rows: pruned }, "access rows pruned");
  } catch (error) {
    log.error({ err: error }, "access rows not pruned, retry in a day");
  }
}

async function pruneDeliveries({ history, keepDeliveries, clock, log }: Parts): Promise<void> {
  let pruned = 0;
  try {
    for (let rows = 1; rows > 0; pruned += rows) {
      rows = await history.deliveries.prune(clock().at - keepDeliveries);
      await setImmediate();
    }
    if (pruned > 0) log.info({ rows: pruned }, "notifications pruned");
  } catch (error) {
    log.error({ err: error }, "notifications not pruned, retry in a day");
  }
}

async function pruneHistory({ history, log, onPruned }: Parts, before: Instant): Promise<void> {
  let pruned = 0;
  try {
    for (const { endpointId } of await history.readEndpoints()) {
      for (let rows = 1; rows > 0; pruned += rows) {
        rows = await history.pruneBatch(endpointId, before);
        if (rows > 0) onPruned(endpointId);
        // Lets requests be answered between two batches.
        await setImmediate();
      }
    }
    const until = new Date(before).toISOString();
    if (pruned > 0) log.info({ until, rows: pruned }, "history pruned");
  } catch (error) {
    log.error({ err: error }, "history not pruned, retry in a day");
  }
}

async function pruneTraffic({ history: { traffic }, log }: Parts, before: Instant): Promise<void> {
  let pruned = 0;
  try {
    for (const endpointId of await traffic.readEndpointIds()) {
      for (let rows = 1; rows > 0; pruned += rows) {
        rows = await traffic.pruneBatch(endpointId, before);
        await setImmediate();
      }
    }
    if (pruned > 0) log.info({ until: new Date(before).toISOString(), rows: pruned }, "traffic pruned");
  } catch (error) {
    log.error({ err: error }, "traffic not pruned, retry in a day");
  }
}
