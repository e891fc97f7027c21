import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";

import type { Entry } from "./recording";
import { endpointFacts, recording } from "./testing/entries";
import { engines } from "./testing/engines";
import { openTestStore } from "./testing/history-file";

const now = 1_000;

/** A rollout that began at some time and ended some time later, or never; times in the same unit as `before`. */
const rollout = fc.record({
  began: fc.integer({ min: 1, max: now }),
  lasted: fc.option(fc.integer({ min: 0, max: 300 })),
  isListed: fc.boolean(),
});
type Rollout = { began: number; lasted: number | null; isListed: boolean };

const endOf = ({ began, lasted }: Rollout) => (lasted === null ? null : began + lasted);

function toEntry(each: Rollout, nth: number, endpointId: string): Entry {
  const { began } = each;
  const facts = rolloutFacts({
    deploymentId: `d${nth}`,
    createdAt: began,
    firstObservedAt: began,
    endedAt: endOf(each),
    removed: each.isListed ? null : { since: now, lastSeenAt: now },
  });
  const rollouts = [{ facts, observation: observation(began) }];
  return recording(began, {
    endpointId,
    endpoint: endpointFacts({ endpointId }),
    span: { from: began },
    rollouts,
  });
}

describe.each(engines)("pruning on $engine", ({ newDatabase }) => {
  it("deletes old ended rollouts, and keeps the unfinished, the listed and the newest with all their rows", async () => {
    const store = await openTestStore(await newDatabase());
    await fc.assert(
      fc.asyncProperty(
        fc.array(rollout, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 0, max: now }),
        fc.uuid(),
        async (rollouts, before, endpointId) => {
          await store.write(rollouts.map((each, nth) => toEntry(each, nth, endpointId)));
          const records = await store.readRollouts(endpointId, { limit: 100 });
          const newest = records[0]?.facts.deploymentId;
          while ((await store.pruneBatch(endpointId, before)) > 0);

          const mayGo = (each: Rollout, nth: number) =>
            (endOf(each) ?? now) < before && each.lasted !== null && !each.isListed && `d${nth}` !== newest;
          const kept = rollouts.flatMap((each, nth) => (mayGo(each, nth) ? [] : [`d${nth}`]));
          const left = await store.readRollouts(endpointId, { limit: 100 });
          expect(left.map(({ facts }) => facts.deploymentId).toSorted()).toEqual(kept.toSorted());
          const spans = await store.readRecentSpans(endpointId, 100);
          const watched = new Set(spans.map(({ from }) => from));
          for (const { facts } of left) {
            expect(await store.readObservations(endpointId, facts.deploymentId)).toHaveLength(1);
            expect(watched).toContain(facts.firstObservedAt);
          }
          for (const [nth, each] of rollouts.entries())
            if (mayGo(each, nth)) expect(await store.readObservations(endpointId, `d${nth}`)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
