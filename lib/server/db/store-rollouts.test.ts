import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { FieldUse } from "@/lib/domain/field-use";
import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";

import { endpointFacts, firstObservation, recording } from "./testing/entries";
import { engines } from "./testing/engines";
import { openTestStore } from "./testing/history-file";

describe.each(engines)("rollouts on $engine", ({ newDatabase }) => {
  it("are paged by cursor, newest first, without overlap or loss, even with equal creation times", async () => {
    const store = await openTestStore(await newDatabase());
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.constantFrom(100, 200, 300), fc.stringMatching(/^[a-z0-9-]{1,6}$/)), {
          maxLength: 25,
          selector: ([, id]) => id,
        }),
        fc.integer({ min: 1, max: 7 }),
        fc.uuid(),
        async (made, limit, endpointId) => {
          const rollouts = made.map(([createdAt, deploymentId]) => ({
            facts: rolloutFacts({ createdAt, deploymentId }),
            observation: observation(1_000),
          }));
          await store.write([
            recording(1_000, { endpointId, endpoint: endpointFacts({ endpointId }), rollouts }),
          ]);
          const seen: string[] = [];
          for (let after: { sortAt: number; deploymentId: string } | undefined; ;) {
            const page = await store.readRollouts(endpointId, { limit, ...(after ? { after } : {}) });
            seen.push(...page.map(({ facts }) => `${facts.createdAt ?? ""} ${facts.deploymentId}`));
            const last = page.at(-1)?.facts;
            if (last === undefined) break;
            after = { sortAt: last.createdAt ?? last.firstObservedAt, deploymentId: last.deploymentId };
          }
          expect(seen).toEqual(
            made
              .map(([at, id]) => `${at} ${id}`)
              .toSorted()
              .toReversed(),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it("without a creation time are ordered by their first observation", async () => {
    const store = await openTestStore(await newDatabase());
    const rollouts = [
      { facts: rolloutFacts({ deploymentId: "old", createdAt: 100 }), observation: observation(1_000) },
      {
        facts: rolloutFacts({ deploymentId: "undated", createdAt: null, firstObservedAt: 1_000 }),
        observation: observation(1_000),
      },
      { facts: rolloutFacts({ deploymentId: "new", createdAt: 2_000 }), observation: observation(1_000) },
    ];
    await store.write([recording(1_000, { endpoint: endpointFacts(), rollouts })]);
    const idsOf = (read: Awaited<ReturnType<typeof store.readRollouts>>) =>
      read.map(({ facts }) => facts.deploymentId);
    expect(idsOf(await store.readRollouts("acme", { limit: 9 }))).toEqual(["new", "undated", "old"]);
    const undated = { sortAt: 1_000, deploymentId: "undated" };
    expect(idsOf(await store.readRollouts("acme", { limit: 1, after: undated }))).toEqual(["old"]);
    const old = { sortAt: 100, deploymentId: "old" };
    expect(idsOf(await store.readRollouts("acme", { limit: 1, before: old }))).toEqual(["undated"]);
    expect(await store.readRollouts("acme", { limit: 1, before: { ...old, sortAt: 2_001 } })).toEqual([]);
  });

  it("that are no longer listed are left out by listedOnly", async () => {
    const store = await openTestStore(await newDatabase());
    const removed = rolloutFacts({ deploymentId: "removed", removed: { since: 2_000, lastSeenAt: 1_000 } });
    await store.write([
      firstObservation(1_000),
      recording(2_000, { rollouts: [{ facts: removed, observation: observation(2_000) }] }),
    ]);
    const listed = await store.readRollouts("acme", { limit: 9, listedOnly: true });
    expect(listed.map(({ facts }) => facts.deploymentId)).toEqual(["d1"]);
    expect(await store.readRollouts("acme", { limit: 9 })).toHaveLength(2);
  });
});

describe.each(engines)("an endpoint on $engine", ({ newDatabase }) => {
  it("can leave the listing and come back", async () => {
    const store = await openTestStore(await newDatabase());
    await store.write([
      firstObservation(1_000),
      { kind: "delisting", endpointId: "acme", removedSince: 5_000 },
    ]);
    expect((await store.readEndpoints())[0]?.removedSince).toBe(5_000);
    await store.write([recording(6_000, { endpoint: endpointFacts() })]);
    expect((await store.readEndpoints())[0]?.removedSince).toBeNull();
  });

  it("keeps only its latest reply", async () => {
    const store = await openTestStore(await newDatabase());
    const reply = (body: string) => ({ body, isShortened: false, unreadFields: ["zone"] });
    await store.write([
      firstObservation(1_000),
      recording(2_000, { reply: reply("a") }),
      recording(3_000, { reply: reply("b") }),
    ]);
    expect(await store.readReply("acme")).toEqual(reply("b"));
    expect(await store.readReply("globex")).toBeNull();
    const fieldUse: FieldUse = {
      sources: [{ field: "updatedReplicas", spellings: ["rollout.updated"], isNull: false, ignored: [] }],
      hints: [{ spelling: "shards", looksLike: "count", field: null }],
    };
    await store.write([recording(4_000, { reply: { ...reply("c"), fieldUse } })]);
    expect(await store.readReply("acme")).toEqual({ ...reply("c"), fieldUse });
  });
});
