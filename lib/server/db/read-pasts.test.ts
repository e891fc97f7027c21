import { sql } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";

import { latestObservation } from "@/lib/domain/rollout";
import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";

import { openDatabase } from "./open-database";
import { openStore, type HistoryStore } from "./store";
import { engines } from "./testing/engines";
import { endpointFacts, firstObservation, recording } from "./testing/entries";

const limits = { newestRollouts: 2, newestObservations: 3 };

/** Two endpoints with a deployment of the same name. The first also has many removed ones, and one that ended. */
async function record(store: HistoryStore): Promise<void> {
  for (const endpointId of ["one", "two"]) {
    await store.write([
      recording(1_000, {
        endpointId,
        endpoint: endpointFacts({ endpointId }),
        rollouts: ["d1", "d2", "d3"].map((deploymentId, nth) => ({
          facts: rolloutFacts({ deploymentId, createdAt: nth }),
          observation: observation(1_000),
        })),
      }),
    ]);
    for (let at = 2_000; at <= 7_000; at += 1_000)
      await store.write([
        recording(at, {
          endpointId,
          span: { from: at < 5_000 ? 1_000 : 5_000 },
          rollouts: [
            {
              facts: rolloutFacts({ deploymentId: "d2", createdAt: 1 }),
              observation: observation(at, { updatedReplicas: at / 1_000 }, at - 1_000),
            },
          ],
        }),
      ]);
    const removed = { since: 8_000, lastSeenAt: 7_000 };
    await store.write([
      recording(8_000, {
        endpointId,
        span: { from: 5_000 },
        rollouts: [
          { facts: rolloutFacts({ deploymentId: "d1", createdAt: 0, removed }), observation: null },
          {
            facts: rolloutFacts({ deploymentId: "d3", createdAt: 2, endedAt: 8_000 }),
            observation: observation(8_000, { status: "done" }),
          },
        ],
      }),
    ]);
  }
}

describe.each(engines)("the past of many endpoints on $engine", ({ newDatabase }) => {
  it("equals what the queries for each endpoint return", async () => {
    const store = await openStore(openDatabase(await newDatabase()));
    onTestFinished(() => store.close());
    await record(store);
    const pasts = await store.readPasts(["one", "nowhere", "two"], limits);
    expect([...pasts.keys()].toSorted()).toEqual(["one", "two"]);
    for (const [endpointId, past] of pasts) {
      if (past instanceof Error) throw past;
      expect(past.facts).toEqual(await store.readEndpointFacts(endpointId));
      expect([past.span]).toEqual(await store.readRecentSpans(endpointId, 1));
      // The oldest, d1, is removed and not among the two newest.
      expect(past.rollouts.map(({ facts }) => facts.deploymentId)).toEqual(["d3", "d2"]);
      const [ended, running] = past.rollouts;
      expect(ended?.observations).toHaveLength(1);
      const [first, ...others] = await store.readObservations(endpointId, "d2");
      expect(running?.observations).toEqual([first, ...others.slice(-limits.newestObservations)]);
      const records = await store.readRollouts(endpointId, { limit: 2 });
      expect(
        past.rollouts.map((rollout) => ({
          facts: rollout.facts,
          observations: [latestObservation(rollout)],
        })),
      ).toEqual(records);
    }
    expect(await store.readPasts([], limits)).toEqual(new Map());
    expect(await store.readEndpointOwners()).toEqual([
      { endpointId: "one", org: "acme-org" },
      { endpointId: "two", org: "acme-org" },
    ]);
  });

  // SQLite binds 32,766 values a statement.
  it("is complete with more unfinished rollouts than a statement can bind", async () => {
    const db = openDatabase(await newDatabase());
    const store = await openStore(db);
    onTestFinished(() => store.close());
    await store.write([firstObservation(1_000)]);
    const others = "with recursive n(i) as (select 2 union all select i + 1 from n where i < 32800)";
    await sql
      .raw(
        `insert into rollout (endpoint_id, deployment_id, first_observed_at, sort_at)
          ${others} select 'acme', 'd' || i, 1000, 1000 from n`,
      )
      .execute(db);
    await sql
      .raw(
        `insert into observation (endpoint_id, deployment_id, at, status, warnings)
          ${others} select 'acme', 'd' || i, 1000, 'in_progress', '[]' from n`,
      )
      .execute(db);
    const past = (await store.readPasts(["acme"], limits)).get("acme");
    if (past === undefined || past instanceof Error) throw past ?? new Error("Not in history.");
    expect(past.rollouts).toHaveLength(32_800);
  });

  it.each([
    "update endpoint set warnings = 'no JSON' where id = 'two'",
    "update watch_span set broken_by_code = 'boredom', broken_by_message = 'x' where endpoint_id = 'two'",
    "update observation set status = 'finished' where endpoint_id = 'two'",
    "update rollout set model = 'x', last_seen_at = null, ended_at = 1.5e300 where endpoint_id = 'two'",
  ])("is an error of that endpoint alone after: %s", async (statement) => {
    const db = openDatabase(await newDatabase());
    const store = await openStore(db);
    onTestFinished(() => store.close());
    await record(store);
    const isSpoilt = await sql
      .raw(statement)
      .execute(db)
      .then(
        () => true,
        () => false,
      );
    const pasts = await store.readPasts(["one", "two"], limits);
    expect(pasts.get("one")).not.toBeInstanceOf(Error);
    // PostgreSQL rejects a number of this size.
    if (isSpoilt) expect(pasts.get("two")).toBeInstanceOf(Error);
  });
});
