import "server-only";

import { setImmediate } from "node:timers/promises";

import { day, minute, type Duration, type Instant } from "@/lib/domain/instant";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";

import type { Clock } from "@/lib/server/clock";
import { describeJump, type ClockWatch } from "./clock-watch";

type Parts = {
  history: Pick<HistoryStore, "readEndpoints" | "pruneBatch" | "pruneAccess">;
  /** How long history is kept; null: for ever. */
  keep: Duration | null;
  clock: Clock;
  clockWatch: ClockWatch;
  log: Log;
};

/** Forgets what ended longer ago than `keep`, and rows of access that have served, soon after the start and then daily, while it is this instance that watches. */
export function pruneDaily(parts: Parts, isLeader: () => boolean): void {
  const prune = () => {
    if (isLeader()) void pruneOnce(parts);
  };
  setTimeout(prune, minute).unref();
  setInterval(prune, day).unref();
}

/**
 * Forgets all there is to forget now, in small batches, and logs it. What fails waits for the next day; so does all
 * of it while the clock may be wrong, since nothing brings back what was young.
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
  if (keep !== null) await pruneHistory(parts, parts.clock().at - keep);
}

/** The log of who did what, expired links and screens: how long they are kept is no setting. */
async function pruneAccessRows({ history, clock, log }: Parts): Promise<void> {
  let pruned = 0;
  try {
    for (let rows = 1; rows > 0; pruned += rows) {
      rows = await history.pruneAccess(clock().at);
      await setImmediate();
    }
    if (pruned > 0) log.info({ rows: pruned }, "access rows pruned");
  } catch (error) {
    log.error({ err: error }, "access rows not pruned, retry in a day");
  }
}

async function pruneHistory({ history, log }: Parts, before: Instant): Promise<void> {
  let pruned = 0;
  try {
    for (const { endpointId } of await history.readEndpoints()) {
      for (let rows = 1; rows > 0; pruned += rows) {
        rows = await history.pruneBatch(endpointId, before);
        // Whoever asks meanwhile is answered between two batches.
        await setImmediate();
      }
    }
    const until = new Date(before).toISOString();
    if (pruned > 0) log.info({ until, rows: pruned }, "history pruned");
  } catch (error) {
    log.error({ err: error }, "history not pruned, retry in a day");
  }
}
