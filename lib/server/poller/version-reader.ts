import "server-only";

import { minute, second, type Duration } from "@/lib/domain/instant";
import type { ModelVersion, VersionCatalog } from "@/lib/domain/model-version";
import type { Clock } from "@/lib/server/clock";
import type { Log } from "@/lib/server/log";
import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { UpstreamClient } from "@/lib/server/upstream/client";
import { UpstreamFailure } from "@/lib/server/upstream/failure";

import { toFailure } from "./poll-failure";
import type { createRequestQueue } from "./request-queue";
import type { Timers } from "./timers";
import { findVersionsInUse, toCatalog, type VersionsInUse } from "./version-catalog";
import type { WatchSettings } from "./watch-settings";

/** No endpoint can have this name. */
const timerName = "(versions)";
/** Share of the request budget, which leaves most of what the intervals keep free for retries. */
const share = 0.05;
/** Below that of every poll, whose priority is a time. */
const priority = -Number.MAX_SAFE_INTEGER;
const mostSingles = 10;

/**
 * Reads the versions behind the deployments of one organization: each architecture once per `readVersions`, and once for
 * a new deployment. One request at a time, in its share of the request budget, and only when no poll waits for its turn.
 */
export function createVersionReader(parts: {
  settings: WatchSettings;
  client: Pick<UpstreamClient, "listVersions" | "readVersion" | "findHold">;
  requests: ReturnType<typeof createRequestQueue>;
  timers: Timers;
  endpointStore: EndpointStore;
  clock: Clock;
  log: Log;
  mayGoOn: () => Promise<boolean>;
}) {
  const { settings, client, requests, timers, endpointStore, clock, log, mayGoOn } = parts;
  const spacing: Duration = minute / (share * settings.maxRequestsPerMinute);
  /** By architecture: when it was last read, and the deployments that were there then. */
  const read = new Map<string, { tick: Duration; deployments: ReadonlySet<string> }>();

  function findDue(): VersionsInUse | undefined {
    const { tick } = clock();
    return findVersionsInUse(endpointStore.all()).find((inUse) => {
      const last = read.get(nameOf(inUse));
      if (last === undefined || tick - last.tick >= settings.readVersions) return true;
      return [...inUse.deployments].some((id) => !last.deployments.has(id));
    });
  }

  async function run(): Promise<void> {
    const due = client.findHold() === null ? findDue() : undefined;
    if (due !== undefined && (await mayGoOn())) await readArchitecture(due);
    if (await mayGoOn()) timers.plan(timerName, Math.max(spacing, second), run);
  }

  async function readArchitecture(inUse: VersionsInUse): Promise<void> {
    const { org, modelArch, references } = inUse;
    read.set(nameOf(inUse), { tick: clock().tick, deployments: inUse.deployments });
    const listed = await ask(() => client.listVersions(org, modelArch));
    const known = listed instanceof UpstreamFailure ? [] : listed;
    const singles = new Map<string, ModelVersion | UpstreamFailure>();
    for (const reference of references.filter((each) => !isDescribed(each, known)).slice(0, mostSingles)) {
      await pause();
      singles.set(reference, await ask(() => client.readVersion(org, modelArch, reference)));
    }
    const former = endpointStore.catalogs().filter((each) => nameOf(each) !== nameOf(inUse));
    const own = endpointStore.catalogs().find((each) => nameOf(each) === nameOf(inUse));
    const catalog = toCatalog(inUse, { listed, singles, readAt: clock().at, former: own ?? null });
    if (catalog.failure !== null && own?.failure?.code !== catalog.failure.code) {
      const { code, message } = catalog.failure;
      log.info({ org, modelArch, code, reason: message }, "model versions cannot be read");
    }
    endpointStore.setCatalogs([...former, catalog]);
  }

  /** An answer, or why there is none. */
  async function ask<T>(call: () => Promise<{ report: T }>): Promise<T | UpstreamFailure> {
    return requests.add(call, priority).then(
      ({ report }) => report,
      (error: unknown) => toFailure(error, log),
    );
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      timers.plan(timerName, spacing, () => {
        resolve();
        return Promise.resolve();
      });
    });
  }

  return {
    begin: (): void => {
      if (settings.readVersions > 0 && !timers.has(timerName)) timers.plan(timerName, spacing, run);
    },
  };
}

function nameOf({ org, modelArch }: Pick<VersionCatalog, "org" | "modelArch">): string {
  return `${org} ${modelArch}`;
}

/** Whether the list says everything about a version or alias. */
function isDescribed(reference: string, known: readonly ModelVersion[]): boolean {
  return known.some(
    ({ version, aliases, syncStatus }) =>
      (version === reference && aliases !== null && syncStatus !== null) ||
      aliases?.includes(reference) === true,
  );
}
