import { isDeepStrictEqual } from "node:util";

import { onTestFinished } from "vitest";

import type { DatabaseAddress } from "@/lib/server/config/database";
import { openDatabase } from "@/lib/server/db/open-database";
import { openStore } from "@/lib/server/db/store";
import { createLog } from "@/lib/server/log";
import { createUpstreamClient } from "@/lib/server/upstream/client";

import { systemClock } from "@/lib/server/clock";
import { createFollower } from "@/lib/server/leader/follower";
import { createEndpointRegistry } from "@/lib/server/state/endpoint-registry";
import { createLeaderElection } from "@/lib/server/leader/leader-election";
import { beginTerm } from "@/lib/server/leader/leader-term";
import type { NotificationParts } from "@/lib/server/notify/notifications";

/** A short lease, so that tests are fast, but longer than a busy machine pauses; the real one is 4 times as long. */
const patience = 1_500;

/** In tests, a bug in the election throws. */
export function onIllegal(error: Error): never {
  throw error;
}

const key = "csk-management-key";
const acme = { org: "acme", endpointIds: [] };

type Organizations = readonly { org: string; endpointIds: string[] }[];

/** An instance as wiring.ts makes it, on a shared database. The key of every organization except acme is its name. */
export async function startInstance(
  upstream: URL,
  address: DatabaseAddress,
  name: string,
  organizations: Organizations = [acme],
  notify: NotificationParts | null = null,
  changes: { pollIdle?: number } = {},
) {
  const cadence = {
    pollActive: 50,
    pollIdle: 100,
    pollCovered: 0,
    readVersions: 0,
    pollListing: 100,
    maxRequestsPerMinute: 100_000,
    ...changes,
  };
  const store = await openStore(openDatabase(address));
  let longestPublication = 0;
  const history: typeof store = {
    ...store,
    snapshots: {
      ...store.snapshots,
      publish: async (...published) => {
        const begun = performance.now();
        await store.snapshots.publish(...published);
        longestPublication = Math.max(longestPublication, performance.now() - begun);
      },
    },
  };
  const lines: string[] = [];
  const log = createLog(
    () => [],
    (line) => lines.push(line),
  );
  const registry = createEndpointRegistry();
  const open = (wanted: Organizations) =>
    wanted.map(({ org, endpointIds }) => {
      const value = org === "acme" ? key : org;
      const client = createUpstreamClient({
        baseUrl: upstream,
        readKey: () => Promise.resolve(value),
        userAgent: `Rollcall/${name}`,
        budgets: { connect: 20_000, whole: 20_000, bytes: 1024 * 1024 },
      });
      return { organization: { org, endpointIds, key: { value } }, client };
    });
  registry.follow(organizations);
  const endpointStore = registry.of("acme");
  if (endpointStore === undefined) throw new Error("There is no endpoint store.");
  let monitors = open(organizations);
  const clients = new Set(monitors.map(({ client }) => client));
  let isSilent = false;
  const clock = systemClock;
  const election = createLeaderElection({
    lease: {
      ...history.lease,
      release: (fencingToken) => (isSilent ? Promise.resolve() : history.lease.release(fencingToken)),
    },
    follower: createFollower({ history, registry, clock, log }),
    begin: (fencingToken) =>
      beginTerm(
        { cadence, monitors: () => monitors, history, registry, clock, log, election, notify },
        fencingToken,
      ),
    isAlone: address.engine === "sqlite",
    ...{ name, clock, log, patience, onIllegal },
  });
  let isRemoved = false;
  const stop = async () => {
    if (isRemoved) return;
    isRemoved = true;
    await election.stop();
    for (const client of clients) await client.close();
    await history.close();
  };
  onTestFinished(stop);
  await election.start();
  return {
    ...{ name, endpointStore, registry, history, election, lines, stop },
    /** Milliseconds. */
    longestPublication: () => longestPublication,
    /** Does what a changed settings file does: monitors that did not change stay the same objects. */
    edit: async (wanted: Organizations): Promise<void> => {
      const former = monitors;
      monitors = open(wanted).map(
        (monitor) =>
          former.find((other) => isDeepStrictEqual(other.organization, monitor.organization)) ?? monitor,
      );
      for (const { client } of monitors) clients.add(client);
      registry.follow(wanted);
      await election.adapt();
    },
    /** Stops without releasing the lease, as if it had been killed. */
    vanish: () => {
      isSilent = true;
      return stop();
    },
  };
}

export type Instance = Awaited<ReturnType<typeof startInstance>>;
