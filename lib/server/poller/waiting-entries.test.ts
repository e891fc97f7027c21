import { expect, test } from "vitest";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import { recording } from "@/lib/server/db/testing/entries";

import { toWaiting } from "./waiting-entries";

test("only the newest waiting message of a run is kept, and it replaces the written one", () => {
  const run = [2_000, 3_000, 4_000].map((at, nth) =>
    recording(at, {
      span: { from: 1_000 },
      rollouts: [
        {
          facts: rolloutFacts(),
          observation: { ...observation(at, { errorMessage: `${nth}` }), messagesBetween: nth },
          replaces: at - 1_000,
        },
      ],
    }),
  );
  const waiting = toWaiting(run);
  expect(waiting).toHaveLength(1);
  expect(waiting).toMatchObject([
    { at: 4_000, rollouts: [{ observation: { at: 4_000, messagesBetween: 2 }, replaces: 1_000 }] },
  ]);
});

test("entries that no later one replaces wait unchanged", () => {
  const changes = [2_000, 3_000].map((at) =>
    recording(at, {
      span: { from: 1_000 },
      rollouts: [{ facts: rolloutFacts(), observation: observation(at, { updatedReplicas: at }) }],
    }),
  );
  expect(toWaiting(changes)).toEqual(changes);
});
