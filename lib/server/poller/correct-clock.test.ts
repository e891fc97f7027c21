import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { observationsAfter } from "@/lib/domain/testing/rollouts";

import { correctObservations, toClockCorrection } from "./correct-clock";

const hour = 3_600_000;

describe("a wall clock that is set back", () => {
  const jumpAhead = { from: 5 * hour - 3_000, before: { at: 4 * hour - 5_000, tick: 6_000 } };
  const before = { observedTick: 10_000, interval: 1_000, jumpAhead };

  it("by an hour moves the last observation to its place on the corrected clock", () => {
    const correction = toClockCorrection({
      ...before,
      until: 5 * hour,
      received: { at: 4 * hour, tick: 11_000 },
    });
    expect(correction).toMatchObject({ from: jumpAhead.from, until: 5 * hour, latest: 4 * hour - 1_000 });
    expect(correction?.cause.message).toBe("The clock of Rollcall's machine was set back by 1 h.");
  });

  it.each([
    ["forward", 5 * hour + 1_000],
    ["back by no more than two intervals", 5 * hour - 1_500],
  ])("%s needs no correction", (_, at) => {
    expect(toClockCorrection({ ...before, until: 5 * hour, received: { at, tick: 11_000 } })).toBeNull();
  });

  it.each([
    ["was not ahead", { ...before, jumpAhead: null }, 4 * hour],
    ["goes back by more than it had jumped ahead", before, 3 * hour],
    ["goes back by less than it had jumped ahead", before, 5 * hour - 600_000],
  ])("corrects nothing if the clock %s", (_, endpointState, at) => {
    expect(
      toClockCorrection({ ...endpointState, until: 5 * hour, received: { at, tick: 11_000 } }),
    ).toBeNull();
  });
});

describe("corrected observations", () => {
  const series = fc
    .array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 40 })
    .map((steps) => observationsAfter(steps));

  it("keep their order and states, and lie before the instant that the clock was set to", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 100_000 }), (observations, latest) => {
        const corrected = correctObservations(observations, latest);
        expect(corrected.map(({ state }) => state)).toEqual(observations.map(({ state }) => state));
        for (const [nth, { at, notBefore }] of corrected.entries()) {
          expect(at).toBeGreaterThan(corrected[nth - 1]?.at ?? Number.NEGATIVE_INFINITY);
          expect(at).toBeLessThanOrEqual(latest + nth);
          expect(notBefore ?? Number.NEGATIVE_INFINITY).toBeLessThan(at);
        }
      }),
    );
  });

  it("that were not later stay unchanged, and a second correction changes nothing", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 100_000 }), (observations, latest) => {
        expect(correctObservations(observations, (observations.at(-1)?.at ?? 0) + 1)).toEqual(observations);
        const [first, ...others] = observations.filter(({ at }) => at <= latest);
        const corrected = correctObservations(observations, latest);
        if (first !== undefined) expect(corrected.slice(0, others.length + 1)).toEqual([first, ...others]);
      }),
    );
  });
});
