import { describe, expect, it } from "vitest";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";

import { engines } from "./testing/engines";
import { firstObservation, recording } from "./testing/entries";
import { openTestStore } from "./testing/history-file";

const hour = 3_600_000;
const cause = { code: "paused", message: "The clock of Rollcall's machine was set back by 1 h." } as const;

describe.each(engines)("a clock that was set back, on $engine", ({ newDatabase }) => {
  it("moves later observations back in order, up to the corrected time", async () => {
    const store = await openTestStore(await newDatabase());
    const see = (at: number, updatedReplicas: number, from: number) =>
      recording(at, {
        span: { from },
        rollouts: [
          {
            facts: rolloutFacts({ endedAt: updatedReplicas === 3 ? at : null }),
            observation: observation(at, { updatedReplicas }, at - 1_000),
          },
        ],
      });
    const instants = { from: hour + 3_000, until: hour + 5_000, latest: 4_000 };
    const correction = { kind: "correction" as const, endpointId: "acme", ...instants, cause };
    const ahead = [
      see(hour + 3_000, 1, 1_000),
      see(hour + 4_000, 2, hour + 4_000),
      see(hour + 5_000, 3, hour + 4_000),
    ];
    await store.write([firstObservation(1_000), ...ahead, correction, correction, see(5_000, 4, 5_000)]);
    const observations = await store.readObservations("acme", "d1");
    expect(observations.map(({ at, state }) => [at, state.updatedReplicas])).toEqual([
      [1_000, 0],
      [4_000, 1],
      [4_001, 2],
      [4_002, 3],
      [5_000, 4],
    ]);
    expect(await store.readRecentSpans("acme", 9)).toEqual([
      { from: 5_000, until: 5_000, brokenBy: null },
      { from: 1_000, until: 4_000, brokenBy: cause },
    ]);
    const [newest] = await store.readRollouts("acme", { limit: 1 });
    expect(newest?.observations.map(({ state }) => state.updatedReplicas)).toEqual([4]);
  });

  const see = (at: number, updatedReplicas: number, from = at) =>
    recording(at, {
      span: { from },
      rollouts: [{ facts: rolloutFacts(), observation: observation(at, { updatedReplicas }) }],
    });

  it("leaves rows from before the jump unchanged", async () => {
    const store = await openTestStore(await newDatabase());
    const ended = rolloutFacts({ deploymentId: "d0", firstObservedAt: 5_000, endedAt: 6_000 });
    const older = recording(6_000, {
      span: { from: 5_000 },
      rollouts: [{ facts: ended, observation: observation(6_000) }],
    });
    const instants = { from: 9_000, until: 9_000, latest: 4_000 };
    const correction = { kind: "correction" as const, endpointId: "acme", ...instants, cause };
    await store.write([firstObservation(1_000), see(5_000, 1), older, see(9_000, 2), correction]);
    const observations = await store.readObservations("acme", "d1");
    expect(observations.map(({ at }) => at)).toEqual([1_000, 5_000, 5_001]);
    const rollouts = await store.readRollouts("acme", { limit: 9 });
    const facts = rollouts.map((rollout) => rollout.facts).find(({ deploymentId }) => deploymentId === "d0");
    expect(facts).toMatchObject({ firstObservedAt: 5_000, endedAt: 6_000 });
    expect(await store.readRecentSpans("acme", 9)).toMatchObject([
      { from: 5_000, until: 6_000, brokenBy: null },
      { from: 4_000, until: 4_000, brokenBy: cause },
      { from: 1_000, until: 1_000, brokenBy: null },
    ]);
  });

  it("changes nothing when written again with the entries after it", async () => {
    const store = await openTestStore(await newDatabase());
    const instants = { from: 5_000, until: hour + 9_000, latest: 8_000 };
    const correction = { kind: "correction" as const, endpointId: "acme", ...instants, cause };
    await store.write([firstObservation(1_000), see(5_000, 1), see(hour + 9_000, 2, 5_000)]);
    const batch = [
      correction,
      { kind: "gapStart" as const, endpointId: "acme", spanFrom: 5_000, cause },
      see(9_000, 3),
    ];
    await store.write(batch);
    const read = async () => [
      await store.readObservations("acme", "d1"),
      await store.readRecentSpans("acme", 9),
    ];
    const once = await read();
    expect(once[0]).toHaveLength(4);
    await store.write(batch);
    expect(await read()).toEqual(once);
  });
});
