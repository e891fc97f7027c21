import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import type { RolloutState } from "@/lib/domain/endpoint-report";
import type { Rollout, RolloutFacts } from "@/lib/domain/rollout";
import { reportableStatuses } from "@/lib/domain/rollout-status";
import { observation, rollout } from "@/lib/domain/testing/rollouts";

import { conditionSentence } from "./condition-sentence";
import {
  eventsUntil,
  toConditionEvent,
  toDetailEvents,
  toGapEvents,
  toNewestFirst,
  toRolloutEvents,
} from "./event";

const name = { deploymentId: "d8", version: "8" };

function observe(at: number, state: Partial<RolloutState> = {}, notBefore: number | null = null) {
  return observation(at, { updatedReplicas: 5, ...state }, notBefore);
}

function eventsOf(observations: Rollout["observations"], facts: Partial<RolloutFacts> = {}) {
  return toRolloutEvents(rollout(observations, { ...name, ...facts }));
}

/** The events of the second of two observations. */
function changesOf(from: Partial<RolloutState>, to: Partial<RolloutState>): string[] {
  return eventsOf([observe(1_000, from), observe(2_000, to, 1_500)])
    .slice(1)
    .map(({ kind, message }) => `${kind}: ${message}`);
}

test("a log ends at the observation that the page shows, but says at once that watching broke off", () => {
  const gap = { before: 9, deploymentId: null };
  const earlier = { before: 4, deploymentId: "d8" };
  const later = { before: 6, deploymentId: "d8" };
  expect(eventsUntil([gap, later, earlier], 5)).toEqual([gap, earlier]);
  expect(eventsUntil([gap, later, earlier], null)).toHaveLength(3);
});

describe("the events of a rollout", () => {
  it.each<[Partial<RolloutState>, Partial<RolloutState>, string[]]>([
    [{}, {}, []],
    [{}, { updatedReplicas: 6 }, ["replicas: Updated replicas: 5 → 6."]],
    [{}, { updatedReplicas: null }, ["replicas: Updated replicas: 5 → not reported."]],
    [{ updatedReplicas: null }, { updatedReplicas: 0 }, ["replicas: Updated replicas: not reported → 0."]],
    [{}, { totalReplicas: 10 }, ["total: Total replicas: 12 → 10."]],
    [{}, { maxUnavailable: null }, ["max_unavailable: Max unavailable: 2 → not reported."]],
    [{}, { errorMessage: "OOM" }, ["error: An error message appeared: “OOM”"]],
    [{ errorMessage: "OOM" }, {}, ["error: The error message was removed."]],
    [
      {},
      { status: "rolling_back", reportedStatus: "rolling_back" },
      ["status: Status: in progress → rolling back."],
    ],
    [
      { status: "unknown", reportedStatus: "warming" },
      { status: "unknown", reportedStatus: "cooling" },
      ["status: Status word: warming → cooling."],
    ],
    [{}, { warnings: [{ code: "total_is_zero", field: "x", value: "0" }] }, []],
    [
      {},
      { status: "done", reportedStatus: "done", updatedReplicas: 12 },
      ["status: Status: in progress → done.", "replicas: Updated replicas: 5 → 12."],
    ],
  ])("report the change from %j to %j", (from, to, expected) => {
    expect(changesOf(from, to)).toEqual(expected);
  });

  it.each<[Partial<RolloutState>, string]>([
    [{}, "First seen: in progress."],
    [{ status: "unknown", reportedStatus: "draining_pods" }, "First seen: draining_pods."],
    [{ status: "unknown", reportedStatus: null }, "First seen: without a status."],
  ])("begin with the first observation of %j", (state, message) => {
    const [first] = eventsOf([observe(1_000, state, 900)]);
    expect(first).toMatchObject({ kind: "first_seen", after: 900, before: 1_000, message, ...name });
  });

  it("do not begin with “first seen” where older observations were left out", () => {
    const events = eventsOf([observe(1_000), observe(2_000, { updatedReplicas: 6 })], {
      firstObservedAt: 500,
    });
    expect(events.map(({ kind }) => kind)).toEqual(["replicas"]);
  });

  it("end when the deployment is no longer listed, if it has not ended", () => {
    const removed = { since: 5_000, lastSeenAt: 4_000 };
    const events = eventsOf([observe(1_000)], { removed });
    expect(events.at(-1)).toMatchObject({ kind: "no_longer_reported", after: 4_000, before: 5_000 });
    const afterItsEnd = eventsOf([observe(1_000, { status: "done" })], { removed });
    expect(afterItsEnd.map(({ kind }) => kind)).toEqual(["first_seen"]);
  });

  it("have unique ids, are in order of time, and lie within the observed time", () => {
    const state = fc.record({
      status: fc.constantFrom(...reportableStatuses, "unknown" as const),
      reportedStatus: fc.option(fc.constantFrom("a", "b")),
      updatedReplicas: fc.option(fc.nat(3)),
      totalReplicas: fc.option(fc.nat(3)),
      maxUnavailable: fc.option(fc.nat(3)),
      errorMessage: fc.option(fc.constantFrom("x", "y")),
    });
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 12 }), (states) => {
        const [first, ...others] = states.map((each, index) =>
          observe(1_000 * (index + 1), each, index === 0 ? null : 1_000 * index),
        );
        const events = first === undefined ? [] : eventsOf([first, ...others]);
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
        const moments = events.map(({ before }) => before);
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));
        for (const { after, before } of events) expect(after ?? 0).toBeLessThan(before);
      }),
    );
  });
});

test("the event of a condition says that it is Rollcall's conclusion", () => {
  const condition = { code: "regressing", since: 1_000, updated: 2, peak: 3 } as const;
  expect(toConditionEvent(name, { condition, after: 900, before: 1_000 })).toEqual({
    ...name,
    id: "1000-d8-regressing",
    kind: "condition",
    status: null,
    counts: null,
    after: 900,
    before: 1_000,
    message: `Rollcall concludes: ${conditionSentence(condition)}`,
  });
});

describe("the events of gaps", () => {
  it("say when watching stopped, why, and when it resumed", () => {
    const cause = { code: "unreachable", message: "Cerebras could not be reached." } as const;
    const events = toGapEvents([
      { from: 1_000, until: 4_000, cause },
      { from: 6_000, until: null, cause: null },
    ]);
    expect(events).toMatchObject([
      {
        kind: "gap",
        after: 1_000,
        before: 1_000,
        message: "Watching stopped. Cerebras could not be reached.",
      },
      { kind: "watching_again", after: 1_000, before: 4_000, message: "Watching resumed." },
      { kind: "gap", after: 6_000, before: 6_000, message: "Watching stopped." },
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  });
});

describe("the log, newest first", () => {
  const cause = { code: "unreachable", message: "Cerebras could not be reached." } as const;
  const before = observe(11_000, { updatedReplicas: 1 }, 8_000);
  const after = observe(20_000, { updatedReplicas: 2 }, 11_000);
  const changes = eventsOf([observe(5_000), before, after], { firstObservedAt: 500 });
  const gap = toGapEvents([{ from: 11_000, until: 20_000, cause }]);

  it("puts a gap between the last change before it and the first after it", () => {
    for (const events of [
      [...changes, ...gap],
      [...gap, ...changes],
    ])
      expect(toNewestFirst(events, 0).map(({ message }) => message)).toEqual([
        "Updated replicas: 1 → 2.",
        "Watching resumed.",
        "Watching stopped. Cerebras could not be reached.",
        "Updated replicas: 5 → 1.",
      ]);
  });

  it("ends where events would be incomplete", () => {
    const kinds = toNewestFirst([...changes, ...gap], 20_000).map(({ kind }) => kind);
    expect(kinds).toEqual(["replicas", "watching_again"]);
  });
});

describe("the events of a rollout's details", () => {
  const cause = { code: "unreachable", message: "Cerebras could not be reached." } as const;
  const detail = {
    rollout: { ...name, firstObservedAt: 1_000 },
    transitions: [
      {
        after: 1_000,
        before: 2_000,
        changes: [{ field: "updatedReplicas" as const, from: 5, to: 6 }],
      },
      {
        after: 4_000,
        before: 5_000,
        changes: [{ field: "status" as const, from: "in_progress", to: "done" }],
      },
    ],
    transitionsTotal: 2,
    conclusions: [],
    gaps: [{ from: 2_000, until: 4_000, cause }],
  };

  it("are its changes and gaps, newest first, with counts and statuses", () => {
    expect(toDetailEvents(detail)).toMatchObject([
      { kind: "status", status: "done", counts: null },
      { kind: "watching_again" },
      { kind: "gap" },
      { kind: "replicas", status: null, counts: { from: 5, to: 6 } },
      { kind: "first_seen", message: "First seen by Rollcall." },
    ]);
  });

  it("begin with the oldest change that was sent, where older ones were left out", () => {
    const kinds = toDetailEvents({ ...detail, transitionsTotal: 9 }).map(({ kind }) => kind);
    expect(kinds.at(-1)).toBe("replicas");
  });
});
