import { describe, expect, it, vi } from "vitest";

import { latestObservation } from "@/lib/domain/rollout";
import { engines, newPostgresDatabase } from "@/lib/server/db/testing/engines";

import { startInstance, type Instance } from "./testing/instance";
import { readSpans, startCerebras, wire } from "../poller/testing/watch-stage";

const acme = { org: "acme", endpointIds: [] };
const globex = { org: "globex", endpointIds: ["shared-x"] };
const globexUnnamed = { org: "globex", endpointIds: [] };
const orders = [
  { first: "the lister", organizations: [acme, globex] },
  { first: "the namer", organizations: [globex, acme] },
];

async function startShared() {
  const cerebras = await startCerebras({ "shared-x": [wire()], "acme-a": [wire()] });
  cerebras.others.set("globex", []);
  const set = (updated: number) => {
    for (const id of cerebras.known.keys()) cerebras.known.set(id, [wire({ updated_replicas: updated })]);
  };
  return { cerebras, set };
}

function shownBy({ registry }: Instance, endpointId: string) {
  const [rollout] = registry.get(endpointId)?.picture?.rollouts ?? [];
  return rollout === undefined ? null : latestObservation(rollout).state.updatedReplicas;
}

async function until(instances: readonly Instance[], updated: number): Promise<void> {
  for (const instance of instances)
    for (const id of ["shared-x", "acme-a"])
      await vi.waitFor(() =>
        expect([instance.name, id, shownBy(instance, id)]).toEqual([instance.name, id, updated]),
      );
}

function holdersOf({ registry }: Instance): string[] {
  return registry
    .endpointStores()
    .flatMap(([name, endpointStore]) => (endpointStore.get("shared-x") === undefined ? [] : [name]));
}

/** While the other endpoint is polled ten times, the shared one is polled about as often, with this key only. */
async function expectOneRequest(
  cerebras: Awaited<ReturnType<typeof startCerebras>>,
  key: string,
): Promise<void> {
  // A request of the former owner may still be under way.
  await vi.waitFor(() => {
    const [newest] = cerebras.asked.filter(({ path }) => path.endsWith("shared-x")).slice(-1);
    expect(newest?.key).toBe(`Bearer ${key}`);
  });
  cerebras.asked.length = 0;
  await vi.waitFor(() => expect(cerebras.countOf("acme-a")).toBeGreaterThanOrEqual(10));
  const asked = cerebras.asked.filter(({ path }) => path.endsWith("shared-x"));
  expect(new Set(asked.map((each) => each.key))).toEqual(new Set([`Bearer ${key}`]));
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.length).toBeLessThan(18);
}

describe.each(engines)(
  "an endpoint that one organization lists and another names, on $engine",
  ({ newDatabase }) => {
    it.each(orders)(
      "belongs to the namer after a restart, with $first first in the file",
      async ({ organizations }) => {
        const { cerebras, set } = await startShared();
        const address = await newDatabase();
        const before = await startInstance(cerebras.url, address, "before", organizations);
        await until([before], 5);
        await before.stop();
        const after = await startInstance(cerebras.url, address, "after", organizations);
        expect(shownBy(after, "shared-x")).toBe(5);
        set(9);
        await until([after], 9);
        expect(holdersOf(after)).toEqual(["globex"]);
        await expectOneRequest(cerebras, "globex");
        const observations = await after.history.readObservations("shared-x", "d8");
        expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([5, 9]);
      },
    );

    it("moves to the namer by a live edit and back, and polling never pauses", async () => {
      const { cerebras, set } = await startShared();
      const instance = await startInstance(cerebras.url, await newDatabase(), "a", [acme, globexUnnamed]);
      await until([instance], 5);
      expect(holdersOf(instance)).toEqual(["acme"]);
      await instance.edit([acme, globex]);
      expect(shownBy(instance, "shared-x")).toBe(5);
      await expectOneRequest(cerebras, "globex");
      set(7);
      await until([instance], 7);
      await instance.edit([acme, globexUnnamed]);
      expect(shownBy(instance, "shared-x")).toBe(7);
      await expectOneRequest(cerebras, "csk-management-key");
      set(9);
      await until([instance], 9);
      expect(holdersOf(instance)).toEqual(["acme"]);
      const observations = await instance.history.readObservations("shared-x", "d8");
      expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([5, 7, 9]);
      expect(await readSpans(instance.history, "shared-x")).toHaveLength(1);
    });

    it("returns to the lister when the namer is removed from the file", async () => {
      const { cerebras, set } = await startShared();
      const instance = await startInstance(cerebras.url, await newDatabase(), "a", [globex, acme]);
      await until([instance], 5);
      await instance.edit([acme]);
      set(9);
      await until([instance], 9);
      await expectOneRequest(cerebras, "csk-management-key");
    });

    it("stays with one owner if both list it", async () => {
      const { cerebras, set } = await startShared();
      cerebras.others.set("globex", ["shared-x"]);
      const instance = await startInstance(cerebras.url, await newDatabase(), "a", [acme, globexUnnamed]);
      await until([instance], 5);
      await vi.waitFor(() => expect(instance.registry.of("globex")?.listing()?.listed).not.toBeNull());
      const [holder = ""] = holdersOf(instance);
      await expectOneRequest(cerebras, holder === "acme" ? "csk-management-key" : holder);
      expect(holdersOf(instance)).toEqual([holder]);
      set(9);
      await until([instance], 9);
    });
  },
);

describe.each(orders)("two instances on one PostgreSQL, $first first in the file", ({ organizations }) => {
  it("agree on an endpoint of two organizations, and poll it once, after a restart and a takeover", async () => {
    const { cerebras, set } = await startShared();
    const address = await newPostgresDatabase();
    const a = await startInstance(cerebras.url, address, "a", organizations);
    await until([a], 5);
    await a.stop();
    const b = await startInstance(cerebras.url, address, "b", organizations);
    const c = await startInstance(cerebras.url, address, "c", organizations);
    set(9);
    await until([b, c], 9);
    for (const instance of [b, c]) expect(holdersOf(instance)).toEqual(["globex"]);
    await expectOneRequest(cerebras, "globex");
    expect(b.election.isLeader()).toBe(true);
    expect(b.election.outage()).toBeNull();
    await b.vanish();
    set(11);
    await until([c], 11);
    await expectOneRequest(cerebras, "globex");
  });

  it("apply live edits there and back", async () => {
    const { cerebras, set } = await startShared();
    const address = await newPostgresDatabase();
    const unnamed = organizations.map((each) => (each === globex ? globexUnnamed : each));
    const a = await startInstance(cerebras.url, address, "a", unnamed);
    const b = await startInstance(cerebras.url, address, "b", unnamed);
    await until([a, b], 5);
    for (const [wanted, holder, updated] of [
      [organizations, "globex", 7],
      [unnamed, "acme", 9],
    ] as const) {
      // The follower's file changes first, so it still receives the former view of the leader.
      await b.edit(wanted);
      await a.edit(wanted);
      set(updated);
      await until([a, b], updated);
      for (const instance of [a, b]) await vi.waitFor(() => expect(holdersOf(instance)).toEqual([holder]));
    }
  });
});
