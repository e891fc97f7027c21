import { describe, expect, it } from "vitest";

import { engines } from "./testing/engines";
import { firstSight, observation, recording, rolloutFacts } from "./testing/entries";
import { openTestStore } from "./testing/history-file";

const hour = 3_600_000;
const cause = { code: "paused", message: "The clock of Rollcall's machine was set back by 1 h." } as const;

describe.each(engines)("a clock that was set back, on $engine", ({ newDatabase }) => {
  it("leaves what is stamped later in its order, before the moment to which it was set", async () => {
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
    const correction = { kind: "correction" as const, endpointId: "acme", latest: 4_000, cause };
    const ahead = [
      see(hour + 3_000, 1, 1_000),
      see(hour + 4_000, 2, hour + 4_000),
      see(hour + 5_000, 3, hour + 4_000),
    ];
    await store.write([firstSight(1_000), ...ahead, correction, correction, see(5_000, 4, 5_000)]);
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
    expect((await store.readRollouts("acme", { limit: 1 }))[0]?.latest.state.updatedReplicas).toBe(4);
  });
});
