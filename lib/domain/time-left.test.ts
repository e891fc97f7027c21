import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { minute, second } from "./instant";
import { toPastRollout, usualDeadline, type PastRollout } from "./past-rollout";
import { observation, rollout } from "./testing/rollouts";
import { lateFrom, toTimeLeft, toUsualRange } from "./time-left";

/** A rollout whose replicas take `waits`, requested at 0; it ends `rest` after the last one, or lasts. */
function rolling(waits: readonly number[], total: number, ends: number | null = null) {
  let at = 0;
  const moves = waits.map((wait, index) => {
    at += wait;
    return observation(at, { updatedReplicas: index + 1, totalReplicas: total });
  });
  const endedAt = ends === null ? null : at + ends;
  const end =
    endedAt === null
      ? []
      : [observation(endedAt, { status: "done", updatedReplicas: total, totalReplicas: total })];
  return rollout([observation(0, { updatedReplicas: 0, totalReplicas: total }), ...moves, ...end], {
    ...{ createdAt: 0, endedAt },
  });
}

function finished(waits: readonly number[], ends: number): PastRollout {
  const made = toPastRollout(rolling(waits, waits.length, ends));
  if (made === null) throw new Error("It was seen done.");
  return made;
}

const habit = (pasts: PastRollout[]) => ({ pasts, deadline: usualDeadline });
const wait = fc.integer({ min: second, max: 5 * minute });
const waitsOf = (length: number) => fc.array(wait, { minLength: length, maxLength: length });
const past = waitsOf(8).map((waits) => finished(waits, 10 * second));

describe("the time left", () => {
  const even = Array.from({ length: 8 }, () => 2 * minute);

  it("contains the truth of a rollout that goes as the last four did, with its evidence", () => {
    const pasts = Array.from({ length: 4 }, () => finished(even, minute));
    const left = toTimeLeft(rolling(even.slice(0, 3), 8), habit(pasts), 6 * minute);
    expect(left?.low).toBeLessThan(11 * minute);
    expect(left?.high).toBeGreaterThan(11 * minute);
    expect((left?.high ?? 0) - (left?.low ?? 0)).toBeLessThan(7 * minute);
    expect(left).toMatchObject({
      own: { updated: 3, total: 8, within: 6 * minute },
      usual: { low: 17 * minute, high: 17 * minute, count: 4, isScaled: false },
    });
  });

  it("follows from this rollout alone where there is no past, from its second replica on", () => {
    expect(toTimeLeft(rolling(even.slice(0, 1), 8), habit([]), 2 * minute)).toBeNull();
    const left = toTimeLeft(rolling(even.slice(0, 4), 8), habit([]), 8 * minute);
    expect(left?.low).toBeLessThan(8 * minute);
    expect(left?.high).toBeGreaterThan(8 * minute);
    expect(left?.usual).toBeNull();
  });

  it.each([
    [5, 5],
    [6, 5],
    [7, 5],
    [12, 5],
  ])("is finite while %i of %i are reported as updated", (updatedReplicas, totalReplicas) => {
    const over = rollout(
      [
        observation(0, { updatedReplicas: 0, totalReplicas }),
        observation(minute, { updatedReplicas, totalReplicas }),
      ],
      { createdAt: 0 },
    );
    const left = toTimeLeft(over, habit([finished(even, minute)]), 2 * minute);
    for (const limit of [left?.low ?? 0, left?.high ?? 0]) expect(Number.isFinite(limit)).toBe(true);
    expect(toTimeLeft(over, habit([]), 2 * minute)).toBeNull();
  });

  it("is nothing once the longest time that was expected is over", () => {
    const uncounted = rollout([observation(0, { updatedReplicas: null, totalReplicas: null })], {
      createdAt: 0,
    });
    const pasts = habit([finished(even, minute)]);
    expect(toTimeLeft(uncounted, pasts, 17 * minute)?.high).toBeGreaterThan(second);
    expect(toTimeLeft(uncounted, pasts, 25 * minute)).toBeNull();
  });

  it("takes nothing from a rollout whose end fell into a gap, or whose start was not seen", () => {
    const { facts, observations } = rolling(even, 8, minute);
    const [first, ...others] = observations;
    const endedIn = (gap: number) =>
      toPastRollout({
        facts,
        observations: [
          first,
          ...others.map((each) =>
            each.state.status === "done" ? { ...each, notBefore: each.at - gap } : each,
          ),
        ],
      });
    expect(endedIn(minute)).not.toBeNull();
    expect(endedIn(10 * minute)).toBeNull();
    const late = observations.slice(6);
    const [seen = first, ...rest] = late;
    const unseen = { facts: { ...facts, createdAt: null }, observations: [seen, ...rest] as const };
    expect(toPastRollout(unseen)).toBeNull();
    expect(toPastRollout({ ...unseen, facts })).not.toBeNull();
  });

  it("follows from the past alone where counts are not reported", () => {
    const uncounted = rollout(
      [observation(0, { updatedReplicas: null, totalReplicas: null, maxUnavailable: null })],
      { createdAt: 0 },
    );
    const left = toTimeLeft(uncounted, habit([finished(even, minute), finished(even, minute)]), 10 * minute);
    expect(left?.low).toBeLessThan(7 * minute);
    expect(left?.high).toBeGreaterThan(7 * minute);
    expect(left?.own).toBeNull();
    expect(toTimeLeft(uncounted, habit([]), 10 * minute)).toBeNull();
  });

  it.each(["not_started", "rolling_back", "rolled_back", "done", "error", "cancelled", "unknown"] as const)(
    "is nothing while it is %s",
    (status) => {
      const of = rollout([observation(0, { status, updatedReplicas: 3, totalReplicas: 8 })], {
        createdAt: 0,
      });
      expect(toTimeLeft(of, habit([finished(even, minute)]), minute)).toBeNull();
    },
  );

  it("is nothing without evidence", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 * minute }), (now) => {
        expect(toTimeLeft(rolling([], 8), habit([]), now)).toBeNull();
      }),
    );
  });

  it("is never negative, never over before the API says so, and nothing once it is late", () => {
    const count = fc.integer({ min: 0, max: 8 });
    const later = fc.integer({ min: 0, max: 60 * minute });
    fc.assert(
      fc.property(fc.array(past, { maxLength: 6 }), waitsOf(8), count, later, (pasts, waits, moved, idle) => {
        const known = waits.slice(0, moved);
        const now = known.reduce((sum, each) => sum + each, 0) + idle;
        const left = toTimeLeft(rolling(known, 8), habit(pasts), now);
        const usual = toUsualRange(pasts, 8);
        if (usual !== null && now >= lateFrom(0, usual)) expect(left).toBeNull();
        if (left === null) return;
        expect(left.low).toBeGreaterThanOrEqual(0);
        expect(left.high).toBeGreaterThanOrEqual(Math.max(left.low, second));
        expect(Number.isFinite(left.high)).toBe(true);
      }),
    );
  });

  it("never grows while nothing moves, and never runs faster than the clock", () => {
    fc.assert(
      fc.property(
        fc.array(past, { maxLength: 6 }),
        waitsOf(3),
        fc.integer({ min: 0, max: 5 * minute }),
        fc.integer({ min: 0, max: 5 * minute }),
        (pasts, waits, idle, more) => {
          const movedAt = waits.reduce((sum, each) => sum + each, 0);
          const [before, after] = [idle, idle + more].map((rest) =>
            toTimeLeft(rolling(waits, 8), habit(pasts), movedAt + rest),
          );
          if (before == null || after == null) return;
          for (const limit of ["low", "high"] as const) {
            expect(after[limit]).toBeLessThanOrEqual(before[limit] + 1e-6);
            expect(after[limit]).toBeGreaterThanOrEqual(Math.min(before[limit], before[limit] - more) - 1e-6);
          }
        },
      ),
    );
  });

  it("is longer where all past rollouts took longer", () => {
    fc.assert(
      fc.property(waitsOf(8), waitsOf(3), (pastWaits, waits) => {
        const usual = finished(pastWaits, 10 * second);
        const slower = finished(
          pastWaits.map((each, index) => (index < 3 ? each : 2 * each)),
          20 * second,
        );
        const now = waits.reduce((sum, each) => sum + each, 0);
        const [short, long] = [usual, slower].map((each) =>
          toTimeLeft(rolling(waits, 8), habit([each]), now),
        );
        if (short == null || long == null) return;
        expect(Math.sqrt(long.low * long.high)).toBeGreaterThan(Math.sqrt(short.low * short.high));
      }),
    );
  });
});
