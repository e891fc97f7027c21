import { describe, expect, it } from "vitest";

import { deployment, report } from "@/lib/domain/testing/rollouts";

import { follow, last } from "./testing/polls";

describe("a deployment that is no longer listed", () => {
  const both = report(deployment({}, "d9"), deployment());
  const one = report(deployment({}, "d9"));

  it("keeps its last state, and its removal is recorded once", () => {
    const [, left, after] = follow([1_000, both], [2_000, one], [3_000, one]);
    expect(left?.recording.rollouts).toMatchObject([
      { facts: { deploymentId: "d8", removed: { since: 2_000, lastSeenAt: 1_000 } }, observation: null },
    ]);
    expect(after?.recording.rollouts).toEqual([]);
    expect(after?.picture.rollouts[1]).toMatchObject({
      facts: { removed: { since: 2_000, lastSeenAt: 1_000 } },
      observations: [{ state: { updatedReplicas: 6 } }],
    });
  });

  it("returns unchanged without a new observation", () => {
    const { recording } = last([1_000, both], [2_000, one], [3_000, both]);
    expect(recording.rollouts).toMatchObject([
      { facts: { deploymentId: "d8", removed: null, firstObservedAt: 1_000 }, observation: null },
    ]);
  });

  it("returns changed, with a change after it was last seen", () => {
    const moved = report(deployment({}, "d9"), deployment({ updatedReplicas: 9 }));
    const { recording } = last([1_000, both], [2_000, one], [3_000, one], [4_000, moved]);
    expect(recording.rollouts).toMatchObject([
      { facts: { removed: null }, observation: { at: 4_000, notBefore: 1_000 } },
    ]);
  });

  it("is still known after replies that wrongly listed nothing", () => {
    const all = Array.from({ length: 40 }, (_, index) => deployment({ status: "done" }, `d${index}`));
    const rolling = Array.from({ length: 40 }, (_, index) => deployment({}, `d${index}`));
    const { recording } = last(
      [1_000, report(...rolling)],
      [2_000, report(...all)],
      [3_000, report()],
      [4_000, report()],
      [5_000, report(...all)],
    );
    expect(recording.rollouts).toHaveLength(40);
    for (const { facts, observation } of recording.rollouts) {
      expect(facts).toMatchObject({ firstObservedAt: 1_000, endedAt: 2_000, removed: null });
      expect(observation).toBeNull();
    }
  });

  it("stays in memory up to a limit, and its timeline up to a lower one", () => {
    const many = (updatedReplicas: number) =>
      Array.from({ length: 300 }, (_, index) => deployment({ updatedReplicas }, `d${index}`));
    const { picture } = last(
      [1_000, report(...many(6))],
      [2_000, report(...many(7))],
      [3_000, report()],
      [4_000, report()],
    );
    expect(picture.rollouts).toHaveLength(50);
    const timelines = picture.rollouts.map(({ observations }) => observations.length);
    expect(timelines).toEqual([...Array<number>(5).fill(2), ...Array<number>(45).fill(1)]);
    expect(picture.rollouts.at(-1)?.observations).toMatchObject([{ state: { updatedReplicas: 7 } }]);
  });
});
