import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toGaps } from "./gap";
import type { Observation, WatchSpan } from "./observation";
import { toPoints } from "./point";
import { observation } from "./testing/rollouts";

function observe(at: number, notBefore: number | null, updatedReplicas: number): Observation {
  return observation(at, { updatedReplicas }, notBefore);
}

const span = (from: number, until: number): WatchSpan => ({ from, until, brokenBy: null });

function drawn(observations: [Observation, ...Observation[]], lastSeenAt: number, spans: WatchSpan[]) {
  return toPoints({ observations }, lastSeenAt, spans).map(({ from, until, updatedReplicas }) => [
    from,
    until,
    updatedReplicas,
  ]);
}

describe("toPoints", () => {
  it("holds a count until the next one is seen", () => {
    expect(drawn([observe(0, null, 6), observe(15, 10, 7)], 30, [span(0, 30)])).toEqual([
      [0, 15, 6],
      [15, 30, 7],
    ]);
  });

  it("gives every count a duration, even if it changes at each poll", () => {
    const observations = [observe(5, 0, 7), observe(10, 5, 8)];
    expect(drawn([observe(0, null, 6), ...observations], 15, [span(0, 15)])).toEqual([
      [0, 5, 6],
      [5, 10, 7],
      [10, 15, 8],
    ]);
  });

  it("ignores a count at the moment that ends a gap, if another one was seen then", () => {
    expect(drawn([observe(0, null, 6), observe(20, 10, 9)], 20, [span(0, 10), span(20, 20)])).toEqual([
      [0, 10, 6],
      [20, 20, 9],
    ]);
  });

  it("ends where watching stopped, even if the count is the same afterwards", () => {
    expect(drawn([observe(0, null, 6)], 30, [span(0, 10), span(20, 30)])).toEqual([
      [0, 10, 6],
      [20, 30, 6],
    ]);
  });

  it("leaves a gap between the counts on both sides of one", () => {
    expect(drawn([observe(0, null, 6), observe(20, 10, 9)], 30, [span(0, 10), span(20, 30)])).toEqual([
      [0, 10, 6],
      [20, 30, 9],
    ]);
  });

  it("joins observations with the same counts", () => {
    const warned = observe(15, 10, 6);
    const warning = { code: "negative_count", field: "x", value: "-1" } as const;
    const second = { ...warned, state: { ...warned.state, warnings: [warning] } };
    expect(drawn([observe(0, null, 6), second], 30, [span(0, 30)])).toEqual([[0, 30, 6]]);
  });

  it("are in order, never overlap, and never extend into a gap", () => {
    const history = fc
      .array(
        fc.record({ wait: fc.integer({ min: 1, max: 50 }), updated: fc.nat(12), isBreak: fc.boolean() }),
        {
          minLength: 1,
          maxLength: 40,
        },
      )
      .map((polls) => {
        const spans: WatchSpan[] = [span(0, 0)];
        const observations: [Observation, ...Observation[]] = [observe(0, null, 0)];
        let at = 0;
        for (const { wait, updated, isBreak } of polls) {
          const before = at;
          at += wait;
          if (observations.at(-1)?.state.updatedReplicas !== updated)
            observations.push(observe(at, before, updated));
          const last = spans.at(-1);
          if (isBreak || last === undefined) spans.push(span(at, at));
          else spans[spans.length - 1] = span(last.from, at);
        }
        return { spans, observations, at };
      });
    fc.assert(
      fc.property(history, ({ spans, observations, at }) => {
        const points = toPoints({ observations }, at, spans);
        const gaps = toGaps(spans, { from: 0, until: at }, null);
        points.forEach((point, index) => {
          expect(point.from).toBeLessThanOrEqual(point.until);
          expect(point.from).toBeGreaterThanOrEqual(points[index - 1]?.until ?? 0);
          for (const gap of gaps) {
            expect(point.until <= gap.from || point.from >= (gap.until ?? at)).toBe(true);
          }
        });
        for (const observation of observations) {
          const shown = points.find(({ from, until }) => from <= observation.at && observation.at <= until);
          expect(
            points.some(
              ({ from, updatedReplicas }) =>
                from <= observation.at && updatedReplicas === observation.state.updatedReplicas,
            ),
          ).toBe(true);
          expect(shown).toBeDefined();
        }
      }),
    );
  });
});

describe("toGaps", () => {
  const cause = { code: "unreachable", message: "Cerebras could not be reached." } as const;

  it("has the cause of the interrupted span, and stays open while it lasts", () => {
    const spans = [{ from: 0, until: 10, brokenBy: cause }, span(20, 30)];
    const expected = [
      { from: 10, until: 20, cause },
      { from: 30, until: null, cause },
    ];
    expect(toGaps(spans, { from: 0, until: 40 }, { cause })).toEqual(expected);
    // What is known about a rollout ends with the last observation, where the open gap begins.
    expect(toGaps(spans, { from: 0, until: 30 }, { cause })).toEqual(expected);
    expect(toGaps(spans, { from: 0, until: 29 }, { cause })).toEqual(expected.slice(0, 1));
    expect(toGaps(spans, { from: 0, until: 40 }, null)).toEqual(expected.slice(0, 1));
  });

  it("leaves out gaps outside the window", () => {
    expect(toGaps([span(0, 10), span(20, 30), span(50, 60)], { from: 22, until: 45 }, null)).toEqual([
      { from: 30, until: 50, cause: null },
    ]);
  });
});
