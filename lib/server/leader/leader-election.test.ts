import { describe, expect, it, vi } from "vitest";

import { latestObservation } from "@/lib/domain/rollout";
import { command, newPostgresDatabase } from "@/lib/server/db/testing/engines";

import { startInstance, type Instance } from "./testing/instance";
import { startCerebras, wire } from "../poller/testing/watch-stage";

function stateOf({ endpointStore }: Instance, endpointId = "acme-one") {
  return endpointStore.get(endpointId) ?? null;
}

function updatedOf(instance: Instance): number | null | undefined {
  const [rollout] = stateOf(instance)?.picture?.rollouts ?? [];
  return rollout === undefined ? undefined : latestObservation(rollout).state.updatedReplicas;
}

async function until(instances: readonly Instance[], updated: number): Promise<void> {
  for (const instance of instances)
    await vi.waitFor(() => expect([instance.name, updatedOf(instance)]).toEqual([instance.name, updated]));
}

async function startThree() {
  const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 5 })] });
  const address = await newPostgresDatabase();
  const a = await startInstance(cerebras.url, address, "a");
  const b = await startInstance(cerebras.url, address, "b");
  const c = await startInstance(cerebras.url, address, "c");
  const set = (updated: number, more = {}) =>
    cerebras.known.set("acme-one", [wire({ updated_replicas: updated, ...more })]);
  return { cerebras, address, a, b, c, all: [a, b, c], set };
}

function leadersOf(instances: readonly Instance[]): string[] {
  return instances.filter(({ election }) => election.isLeader()).map(({ name }) => name);
}

describe("three instances on one database", () => {
  it("poll upstream once, and show the same state", async () => {
    const { cerebras, a, b, c, all, set } = await startThree();
    await until(all, 5);
    set(7);
    await until(all, 7);
    expect(leadersOf(all)).toEqual(["a"]);
    expect(cerebras.mostAtOnce).toBe(1);
    // Followers see a gap on a slow machine a moment later, like every other change.
    await vi.waitFor(() => {
      const [seenByA, ...byOthers] = [a, b, c].map((each) => stateOf(each)?.picture);
      for (const picture of byOthers) {
        expect(picture?.facts).toEqual(seenByA?.facts);
        expect(picture?.rollouts).toEqual(seenByA?.rollouts);
        expect(picture?.span.from).toBe(seenByA?.span.from);
      }
    });
    for (const { endpointStore } of [b, c]) {
      expect(endpointStore.listing()?.listed?.ids).toEqual(new Set(["acme-one"]));
      expect(stateOf(b)?.nextPoll).not.toBeNull();
      const age = performance.now() - (endpointStore.get("acme-one")?.observedTick ?? 0);
      expect(age).toBeGreaterThan(0);
      expect(age).toBeLessThan(20_000);
    }
  });

  it("never show an observation as younger than it is, apart from the time that publishing takes", async () => {
    const { a, b, all } = await startThree();
    await until(all, 5);
    for (let looks = 0; looks < 50; looks += 1) {
      const [of, followed] = [stateOf(a), stateOf(b)];
      const isSame = of?.picture?.span.until === followed?.picture?.span.until;
      if (isSame)
        expect(followed?.observedTick ?? 0).toBeLessThanOrEqual(
          (of?.observedTick ?? 0) + a.longestPublication() + 250,
        );
      await vi.waitFor(() => expect(stateOf(b)?.revision).toBeGreaterThan(followed?.revision ?? 0));
    }
  });

  it("agree on the cause and the start of an outage, and on its end", async () => {
    const { cerebras, a, b, all, set } = await startThree();
    await until(all, 5);
    cerebras.outage = () => ({ status: 503 });
    await vi.waitFor(() => expect(stateOf(b)?.failures?.count).toBeGreaterThan(3));
    expect(stateOf(b)?.failures?.cause).toMatchObject({
      code: "upstream_error",
      since: stateOf(a)?.failures?.cause.since,
    });
    cerebras.outage = () => null;
    set(8);
    await until(all, 8);
    expect(stateOf(b)?.failures).toBeNull();
  });

  it("continue at once when the leader stops", async () => {
    const { a, b, c, all, set } = await startThree();
    await until(all, 5);
    await a.stop();
    // The lease is free, so that no one waits for its end.
    expect((await b.history.lease.read()).holder).not.toBe("a");
    await vi.waitFor(() => expect(leadersOf([b, c])).toHaveLength(1));
    set(6);
    await until([b, c], 6);
  });

  // npm run bench measures how long it takes.
  it("continue when the leader is killed, and record each change once", async () => {
    const { a, b, c, all, set } = await startThree();
    for (const updated of [5, 6]) {
      set(updated);
      await until(all, updated);
    }
    await a.vanish();
    await vi.waitFor(() => expect(leadersOf([b, c])).toHaveLength(1));
    for (const updated of [7, 8]) {
      set(updated);
      await until([b, c], updated);
    }
    const observations = await b.history.readObservations("acme-one", "d8");
    expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([5, 6, 7, 8]);
    for (const [nth, { notBefore }] of observations.entries())
      expect(notBefore ?? 0).toBeGreaterThanOrEqual(observations[nth - 1]?.at ?? 0);
  });

  it("keep the cause of an outage when another instance takes over", async () => {
    const { cerebras, a, b, c, all } = await startThree();
    await until(all, 5);
    cerebras.outage = () => ({ status: 503 });
    for (const each of all) await vi.waitFor(() => expect(stateOf(each)?.failures?.count).toBeGreaterThan(3));
    const since = stateOf(a)?.failures?.cause.since;
    await a.vanish();
    await vi.waitFor(() => expect(leadersOf([b, c])).toHaveLength(1));
    for (const each of [b, c]) expect(stateOf(each)?.failures?.cause.since).toBe(since);
  });
});

describe("a snapshot of another build", () => {
  it("is skipped if it cannot be parsed, and does not stop the next leader", async () => {
    const { address, a, b, c, all, set } = await startThree();
    await until(all, 5);
    for (const [name, body] of [
      ["acme-two", '{"of":"later"}'],
      ["acme-three", "no JSON"],
    ]) {
      const row = `select '${name}', renewals + 1000, '${body}' from lease`;
      await command(address.url, `insert into snapshot (name, revision, body) ${row}`);
    }
    await a.vanish();
    await vi.waitFor(() => expect(leadersOf([b, c])).toHaveLength(1));
    set(6);
    const [next] = [b, c].filter(({ election }) => election.isLeader());
    if (next === undefined) throw new Error("No instance leads.");
    await until([next], 6);
    expect(stateOf(next, "acme-two")).toBeNull();
  });
});

describe("an instance whose lease expired", () => {
  it("stops writing, becomes a follower, and shows only what history accepted", async () => {
    const cerebras = await startCerebras({ "acme-one": [wire({ updated_replicas: 5 })] });
    const address = await newPostgresDatabase();
    const a = await startInstance(cerebras.url, address, "a");
    await until([a], 5);
    const { lease } = a.history;
    await vi.waitFor(async () => expect(await lease.take(await lease.read(), "b")).not.toBeNull());
    const asked = cerebras.asked.length;
    cerebras.known.set("acme-one", [wire({ updated_replicas: 6 })]);
    await vi.waitFor(() => expect(a.election.isLeader()).toBe(false));
    expect(cerebras.asked.length).toBeLessThanOrEqual(asked + 3);
    expect(updatedOf(a)).toBe(5);
    expect(await a.history.readObservations("acme-one", "d8")).toHaveLength(1);
    // "b" never renews the lease.
    await vi.waitFor(() => expect(a.election.isLeader()).toBe(true));
    await until([a], 6);
    expect(await a.history.readObservations("acme-one", "d8")).toHaveLength(2);
  });
});

describe("a database outage", () => {
  it("is reported by all instances, the leader keeps polling, and history is complete afterwards", async () => {
    const { address, a, b, all, set } = await startThree();
    await until(all, 5);
    const server = new URL(address.url);
    const name = server.pathname.slice(1);
    server.pathname = "postgres";
    await command(server.href, `alter database ${name} with allow_connections false`);
    await command(
      server.href,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    );
    for (const each of all) await vi.waitFor(() => expect(each.election.outage()).not.toBeNull());
    set(6);
    await until([a], 6);
    set(7);
    await until([a], 7);
    expect(updatedOf(b)).toBe(5);
    await command(server.href, `alter database ${name} with allow_connections true`);
    await until(all, 7);
    for (const each of all) await vi.waitFor(() => expect(each.election.outage()).toBeNull());
    const observations = await b.history.readObservations("acme-one", "d8");
    expect(observations.map(({ state }) => state.updatedReplicas)).toEqual([5, 6, 7]);
    expect(leadersOf(all)).toHaveLength(1);
  });
});
