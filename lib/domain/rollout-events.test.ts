import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { day, minute } from "./instant";
import type { Observation } from "./observation";
import { usualDeadline, type Habit } from "./past-rollout";
import { findRolloutEvents, type HoldingConclusions, type SeenEndpoint } from "./rollout-events";
import { isTerminal } from "./rollout-status";
import { observation, rollout } from "./testing/rollouts";
import type { Rollout } from "./rollout";
import type { RolloutState } from "./endpoint-report";

const habit: Habit = { pasts: [], deadline: usualDeadline };
const facts = { endpointId: "acme-one", org: "acme", modelArch: "qwen-3-32b" };

function seen(until: number, ...rollouts: Rollout[]): SeenEndpoint {
  return { facts, rollouts, span: { until } };
}

/** What one good poll adds to the picture of the last one, as the poller keeps it. */
function look(
  former: SeenEndpoint | null,
  at: number,
  states: readonly (Partial<RolloutState> | null)[],
): SeenEndpoint {
  const rollouts = states.flatMap((state, nth) => {
    if (state === null) return [];
    const deploymentId = `d${nth}`;
    const known = former?.rollouts.find((each) => each.facts.deploymentId === deploymentId);
    const next: Observation = observation(at, state, former?.span.until ?? null);
    const last = known?.observations.at(-1);
    const isSame = JSON.stringify(last?.state) === JSON.stringify(next.state);
    if (known !== undefined && isSame) return [known];
    const observations: Rollout["observations"] =
      known === undefined || isTerminal(next.state.status) ? [next] : [...known.observations, next];
    const firstObservedAt = known?.facts.firstObservedAt ?? at;
    return [rollout(observations, { deploymentId, createdAt: firstObservedAt, firstObservedAt })];
  });
  return seen(at, ...rollouts);
}

function kindsBetween(from: Partial<RolloutState> | null, to: Partial<RolloutState>): string[] {
  const former = look(null, 0, [from]);
  const next = look(former, 5_000, [to]);
  return findRolloutEvents({ former, next, habit, holding: new Set() }).events.map(({ kind }) => kind);
}

describe("what a poll changes", () => {
  it.each<[Partial<RolloutState> | null, Partial<RolloutState>, string[]]>([
    [null, { status: "not_started" }, []],
    [null, { status: "in_progress" }, ["started"]],
    [null, { status: "done" }, ["finished"]],
    [null, { status: "error" }, ["failed"]],
    [{ status: "not_started" }, { status: "in_progress" }, ["started"]],
    [{ status: "not_started" }, { status: "done" }, ["finished"]],
    [{ status: "in_progress" }, { status: "in_progress", updatedReplicas: 7 }, []],
    [{ status: "in_progress" }, { status: "done", updatedReplicas: 12 }, ["finished"]],
    [{ status: "in_progress" }, { status: "error", errorMessage: "out of memory" }, ["failed"]],
    [{ status: "in_progress" }, { status: "rolling_back" }, ["rolling_back"]],
    [{ status: "rolling_back" }, { status: "rolled_back" }, ["rolled_back"]],
    [{ status: "in_progress" }, { status: "cancelled" }, ["cancelled"]],
    [{ status: "in_progress" }, { status: "in_progress", updatedReplicas: 5 }, ["regressing"]],
    [{ status: "error" }, { status: "in_progress" }, ["moving_again"]],
    [{ status: "error", errorMessage: "a" }, { status: "error", errorMessage: "b" }, []],
    [{ status: "in_progress" }, { status: "unknown", reportedStatus: "paused" }, []],
    [{ status: "done" }, { status: "error" }, ["failed"]],
  ])("%j → %j", (from, to, kinds) => {
    expect(kindsBetween(from, to)).toEqual(kinds);
  });

  it("starts once, also when an unknown status comes in between", () => {
    const first = look(null, 0, [{ status: "in_progress" }]);
    const second = look(first, 1_000, [{ status: "unknown", reportedStatus: "paused" }]);
    const third = look(second, 2_000, [{ status: "in_progress" }]);
    expect(findRolloutEvents({ former: second, next: third, habit, holding: new Set() }).events).toEqual([]);
  });

  it("says nothing about what was so at the first look", () => {
    for (const status of ["in_progress", "error", "done"] as const) {
      const next = look(null, 0, [{ status }]);
      expect(findRolloutEvents({ former: null, next, habit, holding: null }).events).toEqual([]);
    }
  });

  it("says nothing about an old deployment that is listed again", () => {
    const former = look(null, 2 * day, []);
    const again = rollout([observation(2 * day + 1, { status: "done" })], { createdAt: day });
    const next = seen(2 * day + 1, again);
    expect(findRolloutEvents({ former, next, habit, holding: new Set() }).events).toEqual([]);
  });

  it("knows the version that is replaced, and calls a short end incomplete", () => {
    const former = seen(
      0,
      rollout([observation(0, { status: "done" })], { deploymentId: "d0", version: "7", createdAt: 1 }),
      rollout([observation(0)], { deploymentId: "d1", version: "8", createdAt: 2 }),
    );
    const [old] = former.rollouts;
    const next = seen(
      9,
      ...(old === undefined ? [] : [old]),
      rollout([observation(9, { status: "done", updatedReplicas: 11 }, 0)], {
        deploymentId: "d1",
        version: "8",
        createdAt: 2,
      }),
    );
    const [event] = findRolloutEvents({ former, next, habit, holding: new Set() }).events;
    expect(event).toMatchObject({ kind: "finished", previousVersion: "7", at: 9, notBefore: 0 });
    expect(event?.display).toMatchObject({ displayState: "incomplete", version: "8" });
  });
});

describe("a stall", () => {
  const first = look(null, 0, [{ status: "in_progress", updatedReplicas: 6 }]);
  const still = look(first, usualDeadline, [{ status: "in_progress", updatedReplicas: 6 }]);
  const stalled = findRolloutEvents({ former: first, next: still, habit, holding: new Set() });

  it("is reported once", () => {
    expect(stalled.events).toMatchObject([{ kind: "stalled", at: usualDeadline, condition: { since: 0 } }]);
    const later = look(still, usualDeadline + minute, [{ status: "in_progress", updatedReplicas: 6 }]);
    const again = findRolloutEvents({ former: still, next: later, habit, holding: stalled.holding });
    expect(again.events).toEqual([]);
  });

  it("ends with a message when the rollout moves on, and without one when it ends", () => {
    const at = usualDeadline + minute;
    const moved = look(still, at, [{ status: "in_progress", updatedReplicas: 7 }]);
    const { events } = findRolloutEvents({ former: still, next: moved, habit, holding: stalled.holding });
    expect(events).toMatchObject([{ kind: "moving_again", at }]);
    const done = look(still, at, [{ status: "done", updatedReplicas: 12 }]);
    const end = findRolloutEvents({ former: still, next: done, habit, holding: stalled.holding });
    expect(end.events.map(({ kind }) => kind)).toEqual(["finished"]);
  });

  it("that is older than a day is not reported again after a start", () => {
    const old = look(first, usualDeadline + 2 * day, [{ status: "in_progress", updatedReplicas: 6 }]);
    expect(findRolloutEvents({ former: still, next: old, habit, holding: null }).events).toEqual([]);
  });
});

const state = fc.record({
  status: fc.constantFrom(
    ...(["not_started", "in_progress", "rolling_back", "rolled_back", "done", "error", "unknown"] as const),
  ),
  updatedReplicas: fc.integer({ min: 0, max: 4 }),
  totalReplicas: fc.constant(4),
});
const polls = fc.array(
  fc.record({
    wait: fc.integer({ min: 1_000, max: 15 * minute }),
    states: fc.tuple(fc.option(state), fc.option(state)),
    isRestarted: fc.boolean(),
  }),
  { minLength: 2, maxLength: 20 },
);

type Poll = {
  wait: number;
  states: readonly (Partial<RolloutState> | null)[];
  isRestarted: boolean;
};

/** The keys of all events, with a restart before some polls or before none. */
function replay(sequence: readonly Poll[], withRestarts: boolean) {
  let former: SeenEndpoint | null = null;
  let holding: HoldingConclusions = null;
  let at = 0;
  const keys: string[] = [];
  for (const { wait, states, isRestarted } of sequence) {
    at += wait;
    if (withRestarts && isRestarted) {
      former = structuredClone(former);
      holding = null;
    }
    const next: SeenEndpoint = look(former, at, states);
    const found = findRolloutEvents({ former, next, habit, holding });
    keys.push(...found.events.map(({ key }) => key));
    former = next;
    holding = found.holding;
  }
  return keys;
}

it("restarts at any point change nothing in the set of events", () => {
  fc.assert(
    fc.property(polls, (sequence) => {
      expect(new Set(replay(sequence, true))).toEqual(new Set(replay(sequence, false)));
    }),
    { numRuns: 300 },
  );
});

it("one poll never makes two events about the status of one rollout", () => {
  fc.assert(
    fc.property(fc.option(state), state, (from, to) => {
      const statuses = kindsBetween(from, to).filter((kind) => kind !== "regressing");
      expect(statuses.length).toBeLessThanOrEqual(1);
    }),
  );
});
