import { sql } from "kysely";
import pg from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { latestObservation } from "@/lib/domain/rollout";
import type { DatabaseAddress } from "@/lib/server/config/database";
import { openDatabase } from "@/lib/server/db/open-database";
import { engines, newPostgresDatabase } from "@/lib/server/db/testing/engines";

import { startInstance, type Instance } from "./testing/instance";
import { startCerebras, wire } from "../poller/testing/watch-stage";

function shownBy({ endpointStore }: Instance, endpointId: string) {
  const [rollout] = endpointStore.get(endpointId)?.picture?.rollouts ?? [];
  return rollout === undefined ? null : latestObservation(rollout).state.updatedReplicas;
}

async function until(instance: Instance, endpointId: string, updated: number): Promise<void> {
  await vi.waitFor(() =>
    expect([instance.name, shownBy(instance, endpointId)]).toEqual([instance.name, updated]),
  );
}

function startTwoEndpoints() {
  return startCerebras({ "acme-one": [wire()], "acme-two": [wire()] });
}

async function change(address: DatabaseAddress, statement: string): Promise<void> {
  const db = openDatabase(address);
  await sql.raw(statement).execute(db);
  await db.destroy();
}

const spoil = "update observation set warnings = 'no JSON' where endpoint_id = 'acme-two'";
const repair = "update observation set warnings = '[]' where endpoint_id = 'acme-two'";

describe.each(engines)("an unreadable history of one endpoint, on $engine", ({ newDatabase }) => {
  it("stops no other endpoint, is reported, and continues once it can be read", async () => {
    const cerebras = await startTwoEndpoints();
    const address = await newDatabase();
    const before = await startInstance(cerebras.url, address, "before");
    for (const id of ["acme-one", "acme-two"]) await until(before, id, 5);
    await before.stop();
    await change(address, spoil);

    const after = await startInstance(cerebras.url, address, "after");
    for (const id of ["acme-one", "acme-two"]) cerebras.known.set(id, [wire({ updated_replicas: 9 })]);
    await until(after, "acme-one", 9);
    await vi.waitFor(() => expect(after.endpointStore.get("acme-two")?.failures?.count).toBeGreaterThan(2));
    expect(after.endpointStore.get("acme-two")?.failures?.cause.code).toBe("history_unreadable");
    expect(after.lines.filter((line) => line.includes("history read failed"))).toHaveLength(1);

    await change(address, repair);
    await until(after, "acme-two", 9);
    expect(after.endpointStore.get("acme-two")?.failures).toBeNull();
    const observations = await after.history.readObservations("acme-two", "d8");
    expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([5, 9]);
  });

  it("fails the start if the history of every endpoint is unreadable", async () => {
    const cerebras = await startTwoEndpoints();
    const address = await newDatabase();
    const before = await startInstance(cerebras.url, address, "before");
    for (const id of ["acme-one", "acme-two"]) await until(before, id, 5);
    await before.stop();
    await change(address, "update endpoint set warnings = 'no JSON'");
    await expect(startInstance(cerebras.url, address, "after")).rejects.toThrow();
  });
});

describe("a follower", () => {
  it("follows the other endpoints if the history of one cannot be read", async () => {
    const cerebras = await startTwoEndpoints();
    const address = await newPostgresDatabase();
    const a = await startInstance(cerebras.url, address, "a");
    for (const id of ["acme-one", "acme-two"]) await until(a, id, 5);
    await change(address, spoil);
    const b = await startInstance(cerebras.url, address, "b");
    for (const id of ["acme-one", "acme-two"]) cerebras.known.set(id, [wire({ updated_replicas: 9 })]);
    for (const instance of [a, b]) await until(instance, "acme-one", 9);
    expect(b.endpointStore.get("acme-two")?.failures?.cause.code).toBe("history_unreadable");
    expect(b.election.outage()).toBeNull();
    await change(address, repair);
    cerebras.known.set("acme-two", [wire({ updated_replicas: 11 })]);
    for (const instance of [a, b]) await until(instance, "acme-two", 11);
    expect(b.endpointStore.get("acme-two")?.failures).toBeNull();
  });
});

describe("the next leader", () => {
  it("keeps renewing the lease while it loads, for longer than a lease time", async () => {
    const cerebras = await startTwoEndpoints();
    const address = await newPostgresDatabase();
    const a = await startInstance(cerebras.url, address, "a");
    const b = await startInstance(cerebras.url, address, "b");
    const c = await startInstance(cerebras.url, address, "c");
    for (const instance of [a, b, c]) await until(instance, "acme-one", 5);
    const reader = new pg.Client({ connectionString: address.url });
    await reader.connect();
    onTestFinished(() => reader.end());
    await a.stop();
    await reader.query("begin");
    await reader.query("lock table watch_span in access exclusive mode");
    const { lease } = b.history;
    await vi.waitFor(async () => expect((await lease.read()).holder).toMatch(/^[bc]$/));
    const taken = await lease.read();
    await vi.waitFor(async () => expect((await lease.read()).renewals).toBeGreaterThan(taken.renewals + 4));
    expect((await lease.read()).fencingToken).toBe(taken.fencingToken);
    await reader.query("commit");
    cerebras.known.set("acme-one", [wire({ updated_replicas: 9 })]);
    for (const instance of [b, c]) await until(instance, "acme-one", 9);
    expect((await lease.read()).fencingToken).toBe(taken.fencingToken);
  });
});
