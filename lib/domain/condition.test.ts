import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toConditions } from "./condition";
import { minute, second } from "./instant";
import { toMoves, toWaits, type Habit, type PastRollout } from "./past-rollout";
import type { Rollout } from "./rollout";
import type { RolloutStatus } from "./rollout-status";
import { observation, rollout as rolloutOf } from "./testing/rollouts";

function observe(at: number, updatedReplicas: number | null, status: RolloutStatus = "in_progress") {
  return observation(at, { updatedReplicas, status });
}

function rollout(deploymentId: string, observations: Rollout["observations"], removedSince?: number) {
  const removed = removedSince === undefined ? null : { since: removedSince, lastSeenAt: removedSince };
  return rolloutOf(observations, { deploymentId, version: deploymentId, removed });
}

const habit: Habit = { pasts: [], deadline: 10 * minute };

function codesOf(observations: Rollout["observations"], observedAt: number): string[] {
  return toConditions(rollout("8", observations), [], observedAt, habit).map(({ code }) => code);
}

/** A replica every `step` milliseconds, up to `count`. */
function steady(step: number, count: number): Rollout["observations"] {
  return [
    observe(0, 0),
    ...Array.from({ length: count }, (_, index) => observe((index + 1) * step, index + 1)),
  ];
}

describe("stalled", () => {
  it.each([
    ["a second before the deadline", steady(40 * second, 2), 80 * second + 10 * minute - second, []],
    ["at the deadline", steady(40 * second, 2), 80 * second + 10 * minute, ["stalled"]],
    ["sooner where more waits are known", steady(40 * second, 9), 6 * minute + 3 * minute, ["stalled"]],
    ["never within two minutes", steady(second, 9), 9 * second + 2 * minute - second, []],
    [
      "at the deadline even if replicas are slower than that",
      steady(12 * minute, 9),
      108 * minute + 10 * minute,
      ["stalled"],
    ],
    ["when nothing has moved since the start", [observe(0, 0)], 10 * minute, ["stalled"]],
    ["when counts are not reported", [observe(0, null)], 29 * minute, []],
    ["when counts are not reported for long", [observe(0, null)], 30 * minute, ["stalled"]],
    ["when it waits to begin", [observe(0, 0, "not_started")], 60 * minute, []],
    ["when it has ended", [observe(0, 5), observe(second, 5, "error")], 60 * minute, []],
    ["when its status is unknown", [observe(0, 5, "unknown")], 60 * minute, []],
    [
      "while it rolls back without moving",
      [observe(0, 5), observe(second, 5, "rolling_back")],
      11 * minute,
      ["stalled"],
    ],
  ] satisfies [string, Rollout["observations"], number, string[]][])(
    "%s",
    (_, observations, observedAt, codes) => {
      expect(codesOf(observations, observedAt)).toEqual(codes);
    },
  );

  it("reports how long nothing has moved, and the usual time per replica", () => {
    const [condition] = toConditions(
      rollout("8", steady(40 * second, 5)),
      [],
      200 * second + 11 * minute,
      habit,
    );
    expect(condition).toEqual({
      code: "stalled",
      since: 200 * second,
      idleFor: 11 * minute,
      usual: { low: 40 * second, middle: 40 * second, high: 40 * second, phase: "next", atOnce: 1 },
      perReplica: 40 * second,
      isCounted: true,
      from: 200 * second + 40 * second * (2.2 + (3 * 5) / 4),
    });
  });

  describe("where several replicas move at once", () => {
    /** `size` replicas every `step`, until `count` are updated. */
    const inBatches = (step: number, size: number, count: number): Rollout["observations"] => {
      const moves = Array.from({ length: count / size }, (_, index) =>
        observation((index + 1) * step, { updatedReplicas: (index + 1) * size, totalReplicas: 24 }),
      );
      return [observation(0, { updatedReplicas: 0, totalReplicas: 24 }), ...moves];
    };
    const toPast = (observations: Rollout["observations"]): PastRollout => {
      const moves = toMoves(observations);
      const endedAt = observations.at(-1)?.at ?? 0;
      return { startedAt: 0, endedAt, total: 24, moves, waits: toWaits(observations, moves, endedAt) };
    };
    const ofBatches = (pasts: PastRollout[], observedAt: number, size = 4) =>
      toConditions(rolloutOf(inBatches(2 * size * minute, size, size), { createdAt: 0 }), [], observedAt, {
        pasts,
        deadline: 60 * minute,
      }).filter(({ code }) => code === "stalled");
    const singles = Array.from({ length: 4 }, () => toPast(inBatches(2 * minute, 1, 24)));

    it("a wait for four is compared with four waits for one", () => {
      expect(ofBatches(singles, 8 * minute + 8 * minute)).toEqual([]);
      expect(ofBatches(singles, 8 * minute + 30 * minute)).toMatchObject([
        { usual: { middle: 8 * minute, atOnce: 4 }, perReplica: 2 * minute },
      ]);
    });

    it("the time per replica is a share of the wait", () => {
      const batches = Array.from({ length: 4 }, () => toPast(inBatches(9 * minute, 3, 24)));
      expect(ofBatches(batches, 6 * minute + 50 * minute, 3)).toMatchObject([
        { usual: { middle: 9 * minute, atOnce: 3 }, perReplica: 3 * minute },
      ]);
    });
  });

  it("comes after two minutes at the earliest and at the deadline at the latest", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 600 * second }), { maxLength: 30 }), (waits) => {
        let at = 0;
        const moves = waits.map((wait, index) => observe((at += wait), index + 1));
        expect(codesOf([observe(0, 0), ...moves], at + 2 * minute - 1)).toEqual([]);
        expect(codesOf([observe(0, 0), ...moves], at + 10 * minute)).toEqual(["stalled"]);
      }),
    );
  });
});

describe("late", () => {
  const took = (duration: number, total = 12): PastRollout => ({
    ...{ startedAt: 0, endedAt: duration, total, moves: [] },
    waits: { first: [], next: [], last: [] },
  });
  const at = (observedAt: number, pasts: PastRollout[], updated: number | null = 5) =>
    toConditions(rolloutOf([observe(0, updated)], { createdAt: 0 }), [], observedAt, {
      pasts,
      deadline: 600 * minute,
    });
  const four = [14, 19, 16, 15].map((length) => took(length * minute));

  it("is a rollout that takes clearly longer than the last four", () => {
    expect(at(21 * minute, four)).toEqual([]);
    expect(at(23 * minute, four)).toMatchObject([
      { code: "late", since: 19 * minute, by: 4 * minute, usual: { low: 14 * minute, high: 19 * minute } },
    ]);
  });

  it("is judged by age alone where counts are not reported", () => {
    expect(at(23 * minute, four, null)).toMatchObject([{ code: "late" }]);
  });

  it("takes a single past rollout with more caution, and longer with more replicas", () => {
    expect(at(14 * minute, [took(10 * minute)])).toEqual([]);
    expect(at(15 * minute, [took(10 * minute)])).toMatchObject([{ code: "late" }]);
    expect(at(29 * minute, [took(10 * minute, 6)])).toEqual([]);
    expect(at(30 * minute, [took(10 * minute, 6)])).toMatchObject([
      { code: "late", usual: { isScaled: true } },
    ]);
  });

  it("is nothing without a past", () => {
    expect(at(599 * minute, [], 5)).toEqual([]);
  });
});

describe("regressing", () => {
  it.each([
    ["fewer than before", [observe(0, 8), observe(second, 5)], ["regressing"]],
    ["fewer, then some more but not all", [observe(0, 8), observe(1, 5), observe(2, 6)], ["regressing"]],
    ["back at the peak", [observe(0, 8), observe(1, 5), observe(2, 8)], []],
    ["fewer while rolling back", [observe(0, 8), observe(1, 5, "rolling_back")], []],
    ["fewer than in an earlier phase", [observe(0, 8), observe(1, 0, "rolling_back"), observe(2, 1)], []],
    ["no longer reported", [observe(0, 8), observe(1, null)], []],
  ] satisfies [string, Rollout["observations"], string[]][])("%s", (_, observations, codes) => {
    expect(codesOf(observations, 2)).toEqual(codes);
  });

  it("holds since the first step back from the peak", () => {
    const observations: Rollout["observations"] = [observe(0, 8), observe(10, 6), observe(20, 5)];
    expect(toConditions(rollout("8", observations), [], 30, habit)).toMatchObject([
      { code: "regressing", since: 10 },
    ]);
  });
});

describe("overlapping", () => {
  const rolling = rollout("8", [observe(5, 3)]);

  it.each([
    ["another in progress", rollout("9", [observe(10, 0)]), ["overlapping"]],
    ["another that waits to begin", rollout("9", [observe(10, 0, "not_started")]), ["overlapping"]],
    ["another that is done", rollout("9", [observe(10, 12, "done")]), []],
    ["another of unknown status", rollout("9", [observe(10, 0, "unknown")]), []],
    ["another that vanished", rollout("9", [observe(10, 0)], 20), []],
  ])("%s", (_, other, codes) => {
    expect(toConditions(rolling, [rolling, other], 30, habit).map(({ code }) => code)).toEqual(codes);
  });

  it("names all of them, newest first, and what they hold", () => {
    const newer = rolloutOf([observe(10, 0)], { deploymentId: "9", version: "9", createdAt: 2_000 });
    const [condition] = toConditions(rolling, [newer], 30, habit);
    expect(condition).toEqual({
      ...{ code: "overlapping", since: 10 },
      rollouts: [
        { version: "9", status: "in_progress", updatedReplicas: 0, totalReplicas: 12 },
        { version: "8", status: "in_progress", updatedReplicas: 3, totalReplicas: 12 },
      ],
    });
  });

  it("concludes nothing about a rollout that is no longer reported", () => {
    expect(
      toConditions(rollout("8", [observe(0, 3)], 5), [rollout("9", [observe(1, 0)])], 60 * minute, habit),
    ).toEqual([]);
  });
});

it("any number of observations can be judged", () => {
  const [first, ...others] = Array.from({ length: 200_000 }, (_, index) => observe(index, index % 7));
  if (first === undefined) throw new Error("There are observations.");
  expect(codesOf([first, ...others], 200_000)).toEqual(["regressing"]);
});
