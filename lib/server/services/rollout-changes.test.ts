import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyRolloutDelta } from "@/lib/contract/rollout-delta";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { deployment } from "@/lib/domain/testing/rollouts";
import { engines } from "@/lib/server/db/testing/engines";

import type { Answer } from "./answer";
import { readRollout } from "./rollout-detail";
import { endpointId, interval, watch } from "./testing/watched-endpoint";

const rollout = { endpointId, deploymentId: "d8" };

/** What may happen between two polls of a client. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant("count" as const), count: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ kind: fc.constant("message" as const), message: fc.string({ maxLength: 8 }) }),
  fc.record({ kind: fc.constantFrom("same", "pause", "failures", "clock", "delisted") }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

async function happen({ answer, fail }: Awaited<ReturnType<typeof watch>>, what: Happening, count: number) {
  const same = deployment({ updatedReplicas: count });
  switch (what.kind) {
    case "count":
      return answer([deployment({ updatedReplicas: what.count })]);
    case "message":
      return answer([deployment({ status: "error", errorMessage: what.message })]);
    case "pause":
      return answer([same], { after: 9 * interval });
    case "failures":
      for (let nth = 0; nth < 3; nth += 1) await fail();
      return;
    case "clock":
      await answer([deployment({ updatedReplicas: 11 })], { clockOff: 3_600_000 });
      return answer([same]);
    case "delisted":
      return answer([]);
    default:
      return answer([same]);
  }
}

describe.each(engines)("a client that asks for what changed, on $engine", ({ engine, newDatabase }) => {
  it("knows the same as one that asks for the whole rollout", async () => {
    let increments = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(happening, fc.boolean()), { minLength: 8, maxLength: 25 }),
        async (steps) => {
          const watched = await watch(newDatabase);
          const { ctx, answer } = watched;
          await answer([deployment({ updatedReplicas: 3 })]);
          let known: Answer<RolloutDetail> = await readRollout(ctx, rollout);
          for (const [what, polls] of steps) {
            await happen(watched, what, 3);
            if (!polls) continue;
            const reply = await readRollout(ctx, { ...rollout, since: known.etag });
            if (reply.body.since !== undefined) increments += 1;
            const whole = await readRollout(ctx, rollout);
            expect(reply.etag).toBe(whole.etag);
            // Over HTTP the client then gets a 304.
            if (reply.etag === known.etag) continue;
            known = { ...reply, body: applyRolloutDelta(known.body, reply.body) };
            expect(known.body).toEqual(whole.body);
          }
        },
      ),
      { numRuns: engine === "SQLite" ? 8 : 2 },
    );
    expect(increments).toBeGreaterThan(0);
  });

  it("gets the whole rollout if the server does not know the former answer", async () => {
    const { ctx, answer } = await watch(newDatabase);
    await answer([deployment({ updatedReplicas: 3 })]);
    const { body } = await readRollout(ctx, { ...rollout, since: 'W/"of-a-server-before"' });
    expect(body.since).toBeUndefined();
    expect(body.points).toHaveLength(1);
  });
});
