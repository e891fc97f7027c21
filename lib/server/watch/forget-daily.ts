import "server-only";

import { setImmediate } from "node:timers/promises";

import { day, minute, type Duration } from "@/lib/domain/instant";
import type { HistoryStore } from "@/lib/server/history/store";
import type { Log } from "@/lib/server/log";

import type { Clock } from "./clock";

type Parts = {
  history: Pick<HistoryStore, "readEndpoints" | "forgetBatch">;
  keep: Duration;
  clock: Clock;
  log: Log;
};

/** Forgets what ended longer ago than `keep`, soon after the start and then daily, while it is this instance that watches. */
export function forgetDaily(parts: Parts, isWatching: () => boolean): void {
  const forget = () => {
    if (isWatching()) void forgetOnce(parts);
  };
  setTimeout(forget, minute).unref();
  setInterval(forget, day).unref();
}

/** Forgets all there is to forget now, in small batches, and logs it. What fails waits for the next day. */
export async function forgetOnce({ history, keep, clock, log }: Parts): Promise<void> {
  const before = clock().at - keep;
  let forgotten = 0;
  try {
    for (const { endpointId } of await history.readEndpoints()) {
      for (let rows = 1; rows > 0; forgotten += rows) {
        rows = await history.forgetBatch(endpointId, before);
        // Whoever asks meanwhile is answered between two batches.
        await setImmediate();
      }
    }
    const until = new Date(before).toISOString();
    if (forgotten > 0) log.info({ until, rows: forgotten }, "History past its age was forgotten.");
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    log.error({ fault }, "History past its age could not be forgotten; tried again in a day.");
  }
}
