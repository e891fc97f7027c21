import "server-only";

import { toDatabaseReason } from "@/lib/server/history/database-problem";
import type { HistoryStore } from "@/lib/server/history/store";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import type { Clock } from "./clock";
import type { House } from "./house";
import { createPublisher } from "./publisher";
import { createSaver } from "./saver";
import type { Shift, Tenure } from "./shift";
import { sourceName } from "./source-name";
import type { Source } from "./sources";
import { createWatcher, type WatchSettings } from "./watcher";

/** What of a source is watched with; another object is another source. */
export type WatchedSource = Pick<Source, "organization"> & {
  client: Pick<UpstreamClient, "readEndpoint" | "listEndpoints" | "findHold">;
};

/**
 * Makes what watches under one fence, for each organisation by itself: it asks, saves and tells only for as long as
 * the fence is the lease's.
 */
export function beginTenure(
  parts: {
    pace: Pick<WatchSettings, "pollActive" | "pollIdle" | "maxRequestsPerMinute">;
    sources: () => readonly WatchedSource[];
    history: HistoryStore;
    house: House;
    clock: Clock;
    log: Log;
    shift: Pick<Shift, "mayAsk" | "lose">;
  },
  fence: number,
): Tenure {
  const { pace, sources, history, house, clock, log, shift } = parts;
  const watchers = new Map<WatchedSource, ReturnType<typeof createWatcher>>();
  let isStopped = false;
  const saver = createSaver(
    (entries) => history.write(entries, fence),
    (error) => {
      log.error({ fault: toDatabaseReason(error) }, "History cannot be saved; the live view goes on.");
    },
    shift.lose,
  );
  const publisher = createPublisher({
    sights: history.sights,
    ...{ house, clock, fence },
    isSaved: () => saver.trouble() === null,
  });

  async function watch(source: WatchedSource): Promise<void> {
    const { organization, client } = source;
    const board = house.of(sourceName(organization));
    if (board === undefined || isStopped) return;
    const isElsewhere = (endpointId: string) =>
      sources().some((other) => other !== source && other.organization.endpointIds.includes(endpointId));
    const settings = { ...pace, ...organization, isElsewhere };
    const watcher = createWatcher({
      ...{ settings, client, history, saver, board, clock, log },
      mayAsk: shift.mayAsk,
    });
    watchers.set(source, watcher);
    await watcher.start();
  }

  return {
    publisher,
    start: async () => {
      for (const source of sources()) await watch(source);
    },
    adapt: async () => {
      const wanted = sources();
      for (const [source, watcher] of watchers) {
        if (wanted.includes(source)) continue;
        watchers.delete(source);
        await watcher.stop();
      }
      for (const source of wanted) if (!watchers.has(source)) await watch(source);
      publisher.beginAnew();
    },
    stop: async () => {
      isStopped = true;
      await Promise.all([...watchers.values()].map((watcher) => watcher.stop()));
    },
    trouble: saver.trouble,
    retryFailing: () => {
      for (const watcher of watchers.values()) watcher.retryFailing();
    },
  };
}
