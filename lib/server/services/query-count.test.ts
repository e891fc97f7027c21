import type { KyselyPlugin } from "kysely";
import { describe, expect, it } from "vitest";

import type { Rollout } from "@/lib/domain/rollout";
import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import { openAccess } from "@/lib/server/access/principal";
import type { Entry } from "@/lib/server/db/recording";
import { engines } from "@/lib/server/db/testing/engines";
import { endpointFacts, recording } from "@/lib/server/db/testing/entries";
import { newEndpointState } from "@/lib/server/state/endpoint-state";

import { readDiagnostics } from "./diagnostics";
import { readEvents } from "./events";
import { readFleet } from "./fleet";
import { readRollout } from "./rollout-detail";
import { readRollouts } from "./rollouts";
import { openTestContext } from "./testing/context";

type NewDatabase = (typeof engines)[number]["newDatabase"];

/** A recorded fleet, and the number of queries that a read of it makes. */
async function openFleet(
  newDatabase: NewDatabase,
  size: { endpoints: number; rollouts: number; status?: "done" },
) {
  let queries = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const ctx = await openTestContext(await newDatabase(), {}, [counter]);
  const rollouts = Array.from({ length: size.rollouts }, (_, nth): Rollout => {
    const facts = rolloutFacts({ deploymentId: `d${nth}`, createdAt: 900 + nth });
    return {
      facts,
      observations: [observation(1_000, { updatedReplicas: nth, status: size.status ?? "in_progress" })],
    };
  });
  const entries: Entry[] = [];
  for (let nth = 0; nth < size.endpoints; nth += 1) {
    const endpointId = `acme-${nth}`;
    const facts = endpointFacts({ endpointId, org: "acme" });
    const changes = rollouts.map((rollout) => ({
      facts: rollout.facts,
      observation: rollout.observations[0],
    }));
    entries.push(recording(1_000, { endpointId, endpoint: facts, rollouts: changes }));
    ctx.endpointStore.of("acme")?.set({
      ...newEndpointState(endpointId, 5_000),
      picture: { facts, rollouts, span: { from: 1_000, until: 1_000, brokenBy: null } },
      observedTick: ctx.clock().tick,
    });
  }
  await ctx.history.write(entries);
  const count = async (read: () => unknown): Promise<number> => {
    queries = 0;
    await read();
    return queries;
  };
  return { ctx, count };
}

describe.each(engines)("the queries of a read on $engine", ({ newDatabase }) => {
  it("are as many for 200 endpoints as for 2", async () => {
    for (const endpoints of [2, 200]) {
      const { ctx, count } = await openFleet(newDatabase, { endpoints, rollouts: 1, status: "done" });
      const fleet = () => readFleet(ctx, { principal: openAccess("viewer") });
      expect(await count(fleet)).toBe(1);
      expect(await count(fleet)).toBe(0);
      // One for the fields that nothing reads, the others try to write.
      expect(await count(() => readDiagnostics(ctx))).toBeLessThanOrEqual(4);
    }
  });

  it("are as many for 60 rollouts as for 2, and none for the next viewer", async () => {
    for (const rollouts of [2, 60]) {
      const { ctx, count } = await openFleet(newDatabase, { endpoints: 1, rollouts });
      const endpointId = "acme-0";
      const reads = {
        events: () => readEvents(ctx, { endpointId }),
        rollouts: () => readRollouts(ctx, { endpointId, limit: 20, cursor: null }),
        rollout: () => readRollout(ctx, { endpointId, deploymentId: "d1" }),
      };
      // One for the past of the endpoint, which every read needs.
      expect(await count(reads.events)).toBe(4);
      expect(await count(reads.rollouts)).toBeLessThanOrEqual(4);
      expect(await count(reads.rollout)).toBeLessThanOrEqual(8);
      for (const read of Object.values(reads)) expect(await count(read)).toBe(0);
    }
  });
});
