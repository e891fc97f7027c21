import { expect, test } from "vitest";

import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";
import { recording } from "@/lib/server/db/testing/entries";

import { toWaiting } from "./waiting-entries";

test("of a run of messages that waits only the newest is kept, and it takes the place of what was written", () => {
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

test("what no later one replaces waits as it is", () => {
  const changes = [2_000, 3_000].map((at) =>
    recording(at, {
      span: { from: 1_000 },
      rollouts: [{ facts: rolloutFacts(), observation: observation(at, { updatedReplicas: at }) }],
    }),
  );
  expect(toWaiting(changes)).toEqual(changes);
});
