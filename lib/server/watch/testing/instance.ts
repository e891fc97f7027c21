import { isDeepStrictEqual } from "node:util";

import { onTestFinished } from "vitest";

import type { DatabaseAddress } from "@/lib/server/config/database-address";
import { openDatabase } from "@/lib/server/history/open-database";
import { openStore } from "@/lib/server/history/store";
import { createLog } from "@/lib/server/log";
import { createUpstreamClient } from "@/lib/server/upstream/client";

import { systemClock } from "../clock";
import { createFollower } from "../follower";
import { createHouse } from "../house";
import { createShift } from "../shift";
import { beginTenure } from "../tenure";

/** So short a lease that a test need not wait; the real one is 15 times as long. */
export const patience = 400;

const key = "csk-management-key";
const acme = { org: "acme", endpointIds: [] };

type Organizations = readonly { org: string; endpointIds: string[] }[];

/** One of several instances on a database, as wiring.ts makes it. The key of another organization than acme is its name. */
export async function startInstance(
  upstream: URL,
  address: DatabaseAddress,
  name: string,
  organizations: Organizations = [acme],
) {
  const pace = {
    pollActive: 50,
    pollIdle: 100,
    maxRequestsPerMinute: 100_000,
  };
  const history = await openStore(openDatabase(address));
  const lines: string[] = [];
  const log = createLog(
    () => [],
    (line) => lines.push(line),
  );
  const house = createHouse();
  const open = (wanted: Organizations) =>
    wanted.map(({ org, endpointIds }) => {
      const value = org === "acme" ? key : org;
      const client = createUpstreamClient({
        baseUrl: upstream,
        readKey: () => Promise.resolve(value),
        userAgent: `Rollcall/${name}`,
        budgets: { connect: 1_000, whole: 400, bytes: 1024 * 1024 },
      });
      return { organization: { org, endpointIds, key: { value } }, client };
    });
  house.follow(organizations);
  const board = house.of("acme");
  if (board === undefined) throw new Error("There is no board.");
  let sources = open(organizations);
  const clients = new Set(sources.map(({ client }) => client));
  let isSilent = false;
  const clock = systemClock;
  const shift = createShift({
    lease: {
      ...history.lease,
      release: (fence) => (isSilent ? Promise.resolve() : history.lease.release(fence)),
    },
    follower: createFollower({ history, house, clock, log }),
    begin: (fence) => beginTenure({ pace, sources: () => sources, history, house, clock, log, shift }, fence),
    isAlone: address.engine === "sqlite",
    ...{ name, clock, log, patience },
  });
  let isGone = false;
  const stop = async () => {
    if (isGone) return;
    isGone = true;
    await shift.stop();
    for (const client of clients) await client.close();
    await history.close();
  };
  onTestFinished(stop);
  await shift.start();
  return {
    ...{ name, board, house, history, shift, lines, stop },
    /** As a changed settings file does: what did not change stays the very same source. */
    edit: async (wanted: Organizations): Promise<void> => {
      const former = sources;
      sources = open(wanted).map(
        (source) =>
          former.find((other) => isDeepStrictEqual(other.organization, source.organization)) ?? source,
      );
      for (const { client } of sources) clients.add(client);
      house.follow(wanted);
      await shift.adapt();
    },
    /** Gone without a word, as if it had been killed. */
    vanish: () => {
      isSilent = true;
      return stop();
    },
  };
}

export type Instance = Awaited<ReturnType<typeof startInstance>>;
