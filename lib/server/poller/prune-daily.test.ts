import { expect, it } from "vitest";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import { recording, endpointFacts } from "@/lib/server/db/testing/entries";
import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";
import { createLog } from "@/lib/server/log";

import { pruneOnce } from "./prune-daily";

const clock = () => ({ at: 100_000, tick: 0 });
const clockWatch = { jump: () => null };
const keepAccess = { audit: 1_000, links: 1_000, screens: 1_000 };
const onPruned = () => undefined;

/** A store with one rollout that ended long ago and one newest rollout, and the log lines. */
async function openPast() {
  const store = await openTestStore(newDatabasePath());
  const ended = (deploymentId: string, at: number) => ({
    facts: rolloutFacts({
      deploymentId,
      createdAt: at,
      firstObservedAt: at,
      endedAt: at + 1,
      removed: { since: at + 3, lastSeenAt: at + 2 },
    }),
    observation: observation(at),
  });
  await store.write([
    recording(1_000, { endpoint: endpointFacts(), rollouts: [ended("old", 1_000)] }),
    recording(2_000, { rollouts: [ended("newest", 2_000)] }),
  ]);
  const lines: string[] = [];
  const log = createLog(
    () => [],
    (line) => lines.push(line),
  );
  return { store, lines, log };
}

it("prunes what is older than the limit, and logs only when it pruned something", async () => {
  const { store, lines, log } = await openPast();
  await pruneOnce({
    history: store,
    keep: 1_000,
    keepDeliveries: 1_000,
    keepAccess,
    keepTraffic: 1_000_000,
    clock,
    clockWatch,
    log,
    onPruned,
  });
  const left = await store.readRollouts("acme", { limit: 9 });
  expect(left.map(({ facts }) => facts.deploymentId)).toEqual(["newest"]);
  expect(lines.join("")).toContain("history pruned");
  await pruneOnce({
    history: store,
    keep: 1_000,
    keepDeliveries: 1_000,
    keepAccess,
    keepTraffic: 1_000_000,
    clock,
    clockWatch,
    log,
    onPruned,
  });
  expect(lines).toHaveLength(1);
});

it("keeps newer rows", async () => {
  const { store, lines, log } = await openPast();
  await pruneOnce({
    history: store,
    keep: 99_500,
    keepDeliveries: 1_000,
    keepAccess,
    keepTraffic: 1_000_000,
    clock,
    clockWatch,
    log,
    onPruned,
  });
  expect(await store.readRollouts("acme", { limit: 9 })).toHaveLength(2);
  expect(lines).toEqual([]);
});

it("logs a failure, and does not throw", async () => {
  const { store, lines, log } = await openPast();
  await store.close();
  await pruneOnce({
    history: store,
    keep: 1_000,
    keepDeliveries: 1_000,
    keepAccess,
    keepTraffic: 1_000_000,
    clock,
    clockWatch,
    log,
    onPruned,
  });
  expect(lines.join("")).toContain("history not pruned");
});

it("prunes nothing while the clock may be wrong, and logs that", async () => {
  const { store, lines, log } = await openPast();
  const jumped = { jump: () => ({ since: 90_000, by: 7_200_000 }) };
  await pruneOnce({
    history: store,
    keep: 1_000,
    keepDeliveries: 1_000,
    keepAccess,
    keepTraffic: 1_000_000,
    clock,
    clockWatch: jumped,
    log,
    onPruned,
  });
  expect(await store.readRollouts("acme", { limit: 9 })).toHaveLength(2);
  expect(lines.join("")).toContain("clock of this server jumped 2 h ahead; nothing pruned, retry in a day");
});
