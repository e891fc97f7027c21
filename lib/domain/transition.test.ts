import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { RolloutState } from "./endpoint-report";
import type { Observation } from "./observation";
import { reportableStatuses } from "./rollout-status";
import { compareStates, saysSomethingNew, toTransitions } from "./transition";

const state: RolloutState = {
  status: "in_progress",
  reportedStatus: "in_progress",
  updatedReplicas: 6,
  totalReplicas: 12,
  maxUnavailable: 2,
  errorMessage: null,
  warnings: [],
};

const anyState: fc.Arbitrary<RolloutState> = fc
  .record({
    status: fc.constantFrom(...reportableStatuses),
    updatedReplicas: fc.option(fc.nat(20)),
    totalReplicas: fc.option(fc.nat(20)),
    maxUnavailable: fc.option(fc.nat(5)),
    errorMessage: fc.option(fc.string()),
  })
  .map((parts) => ({ ...parts, reportedStatus: parts.status, warnings: [] }));

/** Differs from `state` in every field: the compiler asks for each field of a state here. */
const other: { readonly [F in keyof RolloutState]: RolloutState[F] } = {
  status: "error",
  reportedStatus: "error",
  updatedReplicas: 7,
  totalReplicas: 13,
  maxUnavailable: 3,
  errorMessage: "OOM",
  warnings: [{ code: "unreadable_count", field: "updatedReplicas", value: "x" }],
};

describe("compareStates", () => {
  it.each(Object.entries(other))("records a change of %s alone", (field, value) => {
    expect(saysSomethingNew(state, { ...state, [field]: value })).toBe(true);
  });

  it.each([
    [{}, []],
    [{ updatedReplicas: 7 }, [{ field: "updatedReplicas", from: 6, to: 7 }]],
    [{ updatedReplicas: null }, [{ field: "updatedReplicas", from: 6, to: null }]],
    [{ errorMessage: "x" }, [{ field: "errorMessage", from: null, to: "x" }]],
    [{ status: "done", reportedStatus: "done" }, [{ field: "status", from: "in_progress", to: "done" }]],
    [
      { totalReplicas: 0, maxUnavailable: 0 },
      [
        { field: "totalReplicas", from: 12, to: 0 },
        { field: "maxUnavailable", from: 2, to: 0 },
      ],
    ],
  ] satisfies [Partial<RolloutState>, object[]][])("%j", (changes, expected) => {
    expect(compareStates(state, { ...state, ...changes })).toEqual(expected);
  });

  it("distinguishes two unknown status words", () => {
    const from: RolloutState = { ...state, status: "unknown", reportedStatus: "draining" };
    expect(compareStates(from, { ...from, reportedStatus: "filling" })).toEqual([
      { field: "reportedStatus", from: "draining", to: "filling" },
    ]);
  });

  it("treats a changed warning as something new, but not as a change of a field", () => {
    const warned: RolloutState = {
      ...state,
      warnings: [{ code: "negative_count", field: "x", value: "-1" }],
    };
    expect(saysSomethingNew(state, warned)).toBe(true);
    expect(compareStates(state, warned)).toEqual([]);
    expect(saysSomethingNew(state, { ...state })).toBe(false);
  });
});

describe("toTransitions", () => {
  it("lead from the first state to the last one", () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1, maxLength: 20 }), (states) => {
        const observations: Observation[] = states.map((one, index) => ({
          at: index * 10,
          notBefore: index * 10 - 5,
          state: one,
        }));
        const replayed = toTransitions(observations).reduce<Record<string, unknown>>(
          (now, { changes }) => changes.reduce((next, { field, to }) => ({ ...next, [field]: to }), now),
          { ...states[0] },
        );
        const { status, updatedReplicas, totalReplicas, maxUnavailable, errorMessage } =
          states.at(-1) ?? state;
        expect(replayed).toMatchObject({
          status,
          updatedReplicas,
          totalReplicas,
          maxUnavailable,
          errorMessage,
        });
      }),
    );
  });

  it("have the instants between which each happened", () => {
    const observations: Observation[] = [
      { at: 0, notBefore: null, state },
      { at: 20, notBefore: 15, state: { ...state, updatedReplicas: 7 } },
    ];
    expect(toTransitions(observations)).toMatchObject([{ after: 15, before: 20 }]);
  });
});
