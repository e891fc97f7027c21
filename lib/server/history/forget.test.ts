import fc from "fast-check";
import { expect, it } from "vitest";

import type { Entry } from "./recording";
import { endpointFacts, observation, recording, rolloutFacts } from "./testing/entries";
import { newDatabasePath, openTestStore } from "./testing/history-file";

const now = 1_000;

/** A rollout that began at some time and ended some time later, or never; times in the same unit as `before`. */
const rollout = fc.record({
  began: fc.integer({ min: 1, max: now }),
  lasted: fc.option(fc.integer({ min: 0, max: 300 })),
  isListed: fc.boolean(),
});
type Rollout = { began: number; lasted: number | null; isListed: boolean };

const endOf = ({ began, lasted }: Rollout) => (lasted === null ? null : began + lasted);

function toEntry(each: Rollout, nth: number): Entry {
  const { began } = each;
  const facts = rolloutFacts({
    deploymentId: `d${nth}`,
    createdAt: began,
    firstObservedAt: began,
    endedAt: endOf(each),
    gone: each.isListed ? null : { since: now, lastSeenAt: now },
  });
  const rollouts = [{ facts, observation: observation(began) }];
  return recording(began, { endpoint: endpointFacts(), span: { from: began }, rollouts });
}

it("forgets what ended before, and neither the unfinished, the listed nor the newest, nor anything of them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rollout, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 0, max: now }),
      async (rollouts, before) => {
        const store = await openTestStore(newDatabasePath());
        await store.write(rollouts.map(toEntry));
        const records = await store.readRollouts("acme", { limit: 100 });
        const newest = records[0]?.facts.deploymentId;
        while ((await store.forgetBatch("acme", before)) > 0);

        const mayGo = (each: Rollout, nth: number) =>
          (endOf(each) ?? now) < before && each.lasted !== null && !each.isListed && `d${nth}` !== newest;
        const kept = rollouts.flatMap((each, nth) => (mayGo(each, nth) ? [] : [`d${nth}`]));
        const left = await store.readRollouts("acme", { limit: 100 });
        expect(left.map(({ facts }) => facts.deploymentId).toSorted()).toEqual(kept.toSorted());
        const spans = await store.readRecentSpans("acme", 100);
        const watched = new Set(spans.map(({ from }) => from));
        for (const { facts } of left) {
          expect(await store.readObservations("acme", facts.deploymentId)).toHaveLength(1);
          expect(watched).toContain(facts.firstObservedAt);
        }
        for (const [nth, each] of rollouts.entries())
          if (mayGo(each, nth)) expect(await store.readObservations("acme", `d${nth}`)).toEqual([]);
        await store.close();
      },
    ),
    { numRuns: 40 },
  );
});
