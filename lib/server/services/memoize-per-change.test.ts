import { describe, expect, it } from "vitest";

import { deployment } from "@/lib/domain/testing/rollouts";
import { engines } from "@/lib/server/db/testing/engines";
import { createFollower } from "@/lib/server/leader/follower";
import { createPublisher } from "@/lib/server/leader/publisher";
import { pruneOnce } from "@/lib/server/poller/prune-daily";

import { readEvents } from "./events";
import { readRollout } from "./rollout-detail";
import { readRollouts } from "./rollouts";
import { openTestContext } from "./testing/context";
import { endpointId, interval, start, watch, type Watched } from "./testing/watched-endpoint";

const at = (updatedReplicas: number, status: "in_progress" | "done" = "in_progress") =>
  deployment({ updatedReplicas, status });

const changes: [kind: string, change: (watched: Watched) => Promise<unknown>][] = [
  ["a count", ({ answer }) => answer([at(7)])],
  ["a status", ({ answer }) => answer([at(12, "done")])],
  ["an error message", ({ answer }) => answer([deployment({ status: "error", errorMessage: "boom" })])],
  ["another rollout", ({ answer }) => answer([at(6), deployment({}, "d9")])],
  ["a rollout that is no longer listed", ({ answer }) => answer([])],
  ["a pause", ({ answer }) => answer([at(6)], { after: 10 * interval })],
  [
    "failures until it is blind",
    async ({ fail }) => {
      for (let nth = 0; nth < 3; nth += 1) await fail();
    },
  ],
  [
    "a clock that is corrected",
    async ({ answer }) => {
      await answer([at(7)], { clockOff: 3_600_000 });
      await answer([at(7)]);
    },
  ],
];

describe.each(engines)("what is read from history on $engine", ({ newDatabase }) => {
  it("is read once for any number of polls without news", async () => {
    const { answer, read } = await watch(newDatabase);
    await answer([at(6)]);
    expect((await read()).queries).toBeGreaterThan(8);
    for (let nth = 0; nth < 20; nth += 1) {
      await answer([at(6)]);
      expect((await read()).queries).toBe(0);
    }
    await answer([at(7)]);
    expect((await read()).queries).toBeGreaterThan(8);
  });

  it.each(changes)("is read again after %s, and equals a first reading", async (_, change) => {
    const watched = await watch(newDatabase);
    await watched.answer([at(6)]);
    await watched.answer([at(6)]);
    const before = await watched.read();
    await change(watched);
    const { bodies } = await watched.read();
    expect(bodies).not.toEqual(before.bodies);
    // Another process that has just started and knows the same state.
    const first = await openTestContext(watched.where);
    for (const each of watched.ctx.endpointStore.all()) first.endpointStore.of("acme")?.set(each);
    const detail = await readRollout(first, { endpointId, deploymentId: "d8" });
    expect(bodies.detail).toEqual(detail.body);
    expect(bodies.list).toEqual((await readRollouts(first, { endpointId, limit: 10, cursor: null })).body);
    expect(bodies.events).toEqual((await readEvents(first, { endpointId })).body);
  });

  it("extends with polls without news what it was read with", async () => {
    const { answer, read } = await watch(newDatabase);
    await answer([at(6)]);
    await read();
    await answer([at(6)]);
    const { bodies, queries } = await read();
    expect(queries).toBe(0);
    expect(bodies.detail.points.map(({ until }) => until)).toEqual([start + 2 * interval]);
    expect(bodies.detail.observedAt).toBe(start + 2 * interval);
  });

  it("is read again after rows were pruned", async () => {
    const { ctx, answer, read } = await watch(newDatabase);
    await answer([deployment({}, "d7"), at(6)]);
    await answer([deployment({ status: "done" }, "d7"), at(6)]);
    await answer([at(6)]);
    expect((await read()).bodies.list.rollouts).toHaveLength(2);
    await pruneOnce({
      history: ctx.history,
      keep: 1_000,
      keepDeliveries: 1_000,
      keepTraffic: 1_000_000,
      keepAccess: { audit: 1_000, links: 1_000, screens: 1_000 },
      clock: () => ({ at: start + 1_000_000, tick: 0 }),
      ...{ clockWatch: ctx.clockWatch, log: ctx.log, onPruned: ctx.endpointStore.noteChange },
    });
    expect((await read()).bodies.list.rollouts.map(({ deploymentId }) => deploymentId)).toEqual(["d8"]);
  });

  it("is read again by a follower after a change, and only then", async () => {
    const { ctx, where, answer } = await watch(newDatabase);
    const other = await openTestContext(where);
    const { snapshots, lease } = other.history;
    const fencingToken = (await lease.take(await lease.read(), "this")) ?? 0;
    const publisher = createPublisher({
      ...{ snapshots: ctx.history.snapshots, registry: ctx.endpointStore, fencingToken },
      ...{ clock: ctx.clock, isSaved: () => true, log: ctx.log },
    });
    const follower = createFollower({
      ...{ history: { ...other.history, snapshots }, registry: other.endpointStore },
      ...{ clock: other.clock, log: other.log },
    });
    let renewals = 0;
    const revisionAfter = async (updatedReplicas: number) => {
      await answer([at(updatedReplicas)]);
      await publisher.publish();
      await follower.follow((renewals += 1_000));
      const { body } = await readRollout(other, { endpointId, deploymentId: "d8" });
      expect(body.rollout.updatedReplicas).toBe(updatedReplicas);
      expect(body.points.at(-1)?.updatedReplicas).toBe(updatedReplicas);
      return other.endpointStore.get(endpointId)?.changeRevision;
    };
    const first = await revisionAfter(6);
    expect(await revisionAfter(6)).toBe(first);
    expect(await revisionAfter(7)).not.toBe(first);
  });
});
