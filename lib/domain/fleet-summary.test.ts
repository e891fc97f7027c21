import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { displayStates, isQuiet } from "./display-state";
import { summarizeFleet, type FleetPart } from "./fleet-summary";
import { judgeFreshness } from "./freshness";

const cause = { code: "upstream_error", message: "Cerebras answers 500.", since: 5, retryAt: null } as const;
const freshness = fc.constantFrom(
  { state: "live", observedAt: 9, cause: null } as const,
  { state: "delayed", observedAt: 4, cause: null } as const,
  { state: "delayed", observedAt: 4, cause } as const,
  { state: "delayed", observedAt: null, cause: null } as const,
  { state: "blind", observedAt: 4, cause } as const,
  { state: "blind", observedAt: null, cause } as const,
);
const part: fc.Arbitrary<FleetPart> = fc.record({
  displayState: fc.constantFrom(...displayStates),
  freshness,
});
const parts = fc.array(part, { minLength: 1, maxLength: 30 });

describe("any mix of live, delayed and blind endpoints", () => {
  it("counts each endpoint once", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const { seen, delayed, blind, awaited, total } = summarizeFleet(all);
        expect(seen.length + delayed.length + blind.length + awaited.length).toBe(total);
        expect(total).toBe(all.length);
      }),
    );
  });

  it("is blind where the one that rolls out, late or not, is blind, although quiet ones are live", () => {
    for (const displayState of ["in_progress", "late", "stalled", "regressing"] as const) {
      const all: FleetPart[] = [
        { displayState, freshness: { state: "blind", observedAt: 4, cause } },
        { displayState: "done", freshness: { state: "live", observedAt: 9, cause: null } },
      ];
      expect(summarizeFleet(all).freshness.state).toBe("blind");
    }
  });

  it("is live only while an active endpoint, or any endpoint, is", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const { state } = summarizeFleet(all).freshness;
        const isLive = (each: FleetPart) => each.freshness.state === "live";
        if (all.every(({ freshness: { state: own } }) => own === "blind")) expect(state).toBe("blind");
        if (!all.some(isLive)) expect(state).not.toBe("live");
        const moving = all.filter(({ displayState }) => displayState === "in_progress");
        if (
          moving.length > 0 &&
          all.every((each) => each.displayState === "in_progress" || isQuiet(each.displayState))
        )
          if (!moving.some(isLive)) expect(state).not.toBe("live");
      }),
    );
  });

  it("becomes delayed at the moment its parts do", () => {
    const interval = fc.integer({ min: 1_000, max: 60_000 });
    const observed = fc.record({
      observedAt: fc.nat(60_000),
      interval,
      displayState: fc.constantFrom(...displayStates),
    });
    fc.assert(
      fc.property(fc.array(observed, { minLength: 1, maxLength: 12 }), fc.nat(200_000), (all, now) => {
        const judged = all.map(({ observedAt, interval: every, displayState }) => ({
          displayState,
          freshness: judgeFreshness({ observedAt, interval: every, failures: null, now }),
        }));
        const summary = summarizeFleet(judged);
        const late = all.filter((each) => now - each.observedAt > 2 * each.interval).length;
        expect(summary.delayed.length).toBe(late);
        expect(summary.seen.length).toBe(all.length - late);
        if (late === all.length) expect(summary.freshness.state).toBe("delayed");
      }),
    );
  });
});
