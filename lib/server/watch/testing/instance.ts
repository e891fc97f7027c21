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

/** One of several instances on a database, as wiring.ts makes it. */
export async function startInstance(upstream: URL, address: DatabaseAddress, name: string) {
  const organization = { org: "acme", endpointIds: [], key: { value: "csk-management-key" } };
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
  house.follow([organization]);
  const board = house.of("acme");
  if (board === undefined) throw new Error("There is no board.");
  const client = createUpstreamClient({
    baseUrl: upstream,
    readKey: () => Promise.resolve("csk-management-key"),
    userAgent: `Rollcall/${name}`,
    budgets: { connect: 1_000, whole: 400, bytes: 1024 * 1024 },
  });
  const sources = [{ organization, client }];
  let isSilent = false;
  const clock = systemClock;
  const shift = createShift({
    lease: {
      ...history.lease,
      release: (fence) => (isSilent ? Promise.resolve() : history.lease.release(fence)),
    },
    follower: createFollower({ history, house, clock }),
    begin: (fence) => beginTenure({ pace, sources: () => sources, history, house, clock, log, shift }, fence),
    isAlone: address.engine === "sqlite",
    ...{ name, clock, log, patience },
  });
  let isGone = false;
  const stop = async () => {
    if (isGone) return;
    isGone = true;
    await shift.stop();
    await client.close();
    await history.close();
  };
  onTestFinished(stop);
  await shift.start();
  return {
    ...{ name, board, history, shift, lines, stop },
    /** Gone without a word, as if it had been killed. */
    vanish: () => {
      isSilent = true;
      return stop();
    },
  };
}

export type Instance = Awaited<ReturnType<typeof startInstance>>;
