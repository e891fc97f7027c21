import "server-only";

import { toDatabaseReason } from "@/lib/server/history/database-problem";
import type { HistoryStore } from "@/lib/server/history/store";
import type { Log } from "@/lib/server/log";
import type { UpstreamClient } from "@/lib/server/upstream/client";

import type { Clock } from "./clock";
import type { House } from "./house";
import type { EndpointMemory } from "./endpoint-memory";
import { createMemoryLoader } from "./memory-loader";
import { createOwnership } from "./ownership";
import { createPublisher } from "./publisher";
import { createSaver } from "./saver";
import type { Shift, Tenure } from "./shift";
import { sourceName } from "./source-name";
import type { Source } from "./sources";
import type { WatchSettings } from "./watch-settings";
import { createWatcher } from "./watcher";

type Watcher = ReturnType<typeof createWatcher>;

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
  const watchers = new Map<WatchedSource, Watcher>();
  const loader = createMemoryLoader({ history, interval: pace.pollIdle, clock });
  const { isElsewhere } = createOwnership(sources, house);
  /** What boards have just given up, until whoever it belongs to now has taken it. */
  const orphans = new Map<string, EndpointMemory>();
  let isStopped = false;
  let started: Promise<void> = Promise.resolve();
  const saver = createSaver(
    (entries) => history.write(entries, fence),
    (error) => {
      log.error({ fault: toDatabaseReason(error) }, "History cannot be saved; the live view goes on.");
    },
    () => shift.lose(fence),
    ({ entry, error }) => {
      log.error(
        { endpoint: entry.endpointId, fault: toDatabaseReason(error) },
        "The database rejects an observation; it is left out of history, everything else is saved.",
      );
    },
  );
  const publisher = createPublisher({
    sights: history.sights,
    ...{ house, clock, fence, log },
    isSaved: () => saver.trouble() === null,
  });

  /** The watcher of an organization, made once; undefined where its board has been taken away. */
  function toWatcher(source: WatchedSource): Watcher | undefined {
    const known = watchers.get(source);
    const { organization, client } = source;
    const name = sourceName(organization);
    const board = house.of(name);
    if (known !== undefined || board === undefined) return known;
    const watcher = createWatcher({
      ...{ settings: { ...pace, ...organization }, client, loader, saver, board, clock, log },
      mayAsk: shift.mayAsk,
      others: {
        isElsewhere: (endpointId) => isElsewhere(endpointId, name),
        takeOver: (endpointId) => house.take(endpointId, name) ?? orphans.get(endpointId),
      },
    });
    watchers.set(source, watcher);
    return watcher;
  }

  async function load(): Promise<void> {
    await loader.readOwners();
    for (const source of sources()) if (!isStopped) await toWatcher(source)?.start();
    const failure = loader.failure();
    if (failure !== null) throw failure;
  }

  async function stopUnwanted(): Promise<void> {
    const wanted = new Set(sources());
    const unwanted = [...watchers].filter(([source]) => !wanted.has(source));
    for (const [source] of unwanted) watchers.delete(source);
    await Promise.all(unwanted.map(([, watcher]) => watcher.stop()));
  }

  return {
    publisher,
    start: () => {
      started = load();
      return started;
    },
    adapt: async () => {
      await started.catch(() => undefined);
      await stopUnwanted();
      if (isStopped) return;
      const current = sources().map(toWatcher);
      // All give up what is not theirs before anyone claims it.
      for (const watcher of current)
        for (const memory of watcher?.shed() ?? []) orphans.set(memory.endpointId, memory);
      for (const watcher of current) watcher?.begin();
      orphans.clear();
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
