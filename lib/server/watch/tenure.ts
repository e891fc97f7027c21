import "server-only";

import { toDatabaseReason } from "@/lib/server/history/database-problem";
import type { HistoryStore } from "@/lib/server/history/store";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import type { Board } from "./board";
import type { Clock } from "./clock";
import { createPublisher } from "./publisher";
import { createSaver } from "./saver";
import type { Shift, Tenure } from "./shift";
import { createWatcher, type WatchSettings } from "./watcher";

/** Makes what watches under one fence: it asks, saves and tells only for as long as the fence is the lease's. */
export function beginTenure(
  parts: {
    settings: WatchSettings;
    client: Pick<UpstreamClient, "readEndpoint" | "listEndpoints" | "findHold">;
    history: HistoryStore;
    board: Board;
    clock: Clock;
    log: Log;
    shift: Pick<Shift, "mayAsk" | "lose">;
  },
  fence: number,
): Tenure {
  const { history, board, clock, log, shift } = parts;
  const saver = createSaver(
    (entries) => history.write(entries, fence),
    (error) => {
      log.error({ fault: toDatabaseReason(error) }, "History cannot be saved; the live view goes on.");
    },
    shift.lose,
  );
  const watcher = createWatcher({ ...parts, saver, mayAsk: shift.mayAsk });
  return {
    publisher: createPublisher({
      sights: history.sights,
      ...{ board, clock, fence },
      isSaved: () => saver.trouble() === null,
    }),
    start: watcher.start,
    stop: watcher.stop,
    trouble: saver.trouble,
    retryFailing: watcher.retryFailing,
  };
}
