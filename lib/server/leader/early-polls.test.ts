import { expect, it, onTestFinished, vi } from "vitest";

import { openDatabase } from "@/lib/server/db/open-database";
import { newPostgresDatabase } from "@/lib/server/db/testing/engines";

import { startCerebras, wire } from "../poller/testing/watch-stage";
import { startInstance } from "./testing/instance";

it("the leader polls early what a follower asks for", async () => {
  const cerebras = await startCerebras({ "acme-one": [wire({ rollout_status: "done" })] });
  const address = await newPostgresDatabase();
  const cadence = { pollIdle: 3_600_000 };
  const leader = await startInstance(cerebras.url, address, "a", undefined, null, cadence);
  const follower = await startInstance(cerebras.url, address, "b", undefined, null, cadence);
  await vi.waitFor(() => expect(follower.endpointStore.get("acme-one")?.picture).toBeTruthy());
  const before = cerebras.countOf("/acme-one");
  await follower.history.earlyPolls.ask("acme-one");
  await follower.history.earlyPolls.ask("acme-one");
  await follower.history.earlyPolls.ask("acme-none");
  await vi.waitFor(() => expect(cerebras.countOf("/acme-one")).toBeGreaterThan(before));
  expect([leader.election.isLeader(), follower.election.isLeader()]).toEqual([true, false]);
  const db = openDatabase(address);
  onTestFinished(() => db.destroy());
  const asked = () => db.selectFrom("early_poll").selectAll().execute();
  await vi.waitFor(async () => expect(await asked()).toEqual([]));
});
