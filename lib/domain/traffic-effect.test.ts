import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { minute } from "./instant";
import { trafficMinutes } from "./testing/traffic";
import type { TrafficMinute } from "./traffic";
import { judgeFailures, judgeFirstToken, toTrafficEffect, wilson } from "./traffic-effect";

const start = 1_000 * minute;
const before = (make?: (index: number) => Partial<TrafficMinute>) =>
  trafficMinutes(start - 30 * minute, 30, make);
const during = (count: number, make?: (index: number) => Partial<TrafficMinute>) =>
  trafficMinutes(start, count, make);

describe("failed requests", () => {
  it.each([
    ["a clear rise", before(), during(5, () => ({ failures: 31 })), "rose"],
    ["the same", before(), during(5), "no_more"],
    ["a little more", before(), during(5, () => ({ failures: 3 })), "about_same"],
    ["fewer", before(() => ({ failures: 30 })), during(5), "no_more"],
    ["none at all", before(() => ({ failures: 0 })), during(5, () => ({ failures: 0 })), "no_more"],
    ["too few requests", before(), during(1, () => ({ requests: 60, failures: 6 })), null],
    ["few requests, no failures", before(), during(2, () => ({ requests: 100, failures: 0 })), null],
    ["too few minutes before", before().slice(0, 4), during(5, () => ({ failures: 90 })), null],
    ["nothing reported", before(), during(5, () => ({ failures: null })), null],
    ["a rise that bursts before explain", before(burst), during(2, () => ({ failures: 40 })), null],
    ["more failures than requests", before(), during(5, () => ({ failures: 2_000 })), null],
  ])("%s", (_, former, own, kind) => {
    expect(judgeFailures(former, own)?.kind ?? null).toBe(kind);
  });

  it("rise only in so far as both shares are known", () => {
    expect(
      judgeFailures(
        before(),
        during(5, () => ({ failures: 31 })),
      ),
    ).toEqual({
      kind: "rose",
      before: 0.002,
      during: 0.031,
      requests: 5_000,
    });
  });

  it("are never said to rise when the share did not", () => {
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 40 }), fc.array(counts, { maxLength: 40 }), (former, own) => {
        const effect = judgeFailures(
          before((index) => former[index] ?? none),
          during(own.length, (index) => own[index] ?? none),
        );
        if (effect?.kind === "rose") expect(effect.during).toBeGreaterThan(effect.before);
        if (effect?.kind === "no_more") expect(effect.during).toBeLessThanOrEqual(effect.before);
        if (effect !== null) expect(effect.requests).toBeGreaterThanOrEqual(100);
      }),
    );
  });

  it("are still said to rise when they rise more", () => {
    const more = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }));
    fc.assert(
      fc.property(more, fc.integer({ min: 1, max: 20 }), ([failures, further], length) => {
        const judge = (each: number) =>
          judgeFailures(
            before(),
            during(length, () => ({ failures: each })),
          )?.kind;
        if (judge(failures) === "rose") expect(judge(failures + further)).toBe("rose");
      }),
    );
  });

  it("that are no more often than before are rarely said to rise", () => {
    const random = randomFrom(7);
    const falseRises = Array.from({ length: 2_000 }, () => {
      const draw = () => ({ requests: 800, failures: drawBinomial(random, 800, 0.004) });
      return judgeFailures(before(draw), during(5, draw))?.kind;
    }).filter((kind) => kind === "rose");
    expect(falseRises.length).toBeLessThanOrEqual(10);
  });
});

describe("the time to the first token", () => {
  it.each([
    ["a clear delay", before(), during(6, () => ({ firstTokenP95: 1_500 })), true],
    ["the same", before(), during(6), false],
    ["one slow minute", before(), during(6, (index) => (index === 0 ? { firstTokenP95: 9_000 } : {})), false],
    ["as slow as before at times", before(slowAtTimes), during(6, () => ({ firstTokenP95: 1_400 })), false],
    ["too few minutes", before(), during(3, () => ({ firstTokenP95: 5_000 })), false],
    ["too few minutes before", before().slice(0, 9), during(6, () => ({ firstTokenP95: 5_000 })), false],
    ["not reported", before(), during(6, () => ({ firstTokenP95: null })), false],
  ])("%s", (_, former, own, isSlower) => {
    expect(judgeFirstToken(former, own) !== null).toBe(isSlower);
  });
});

describe("a rollout", () => {
  const rollout = { startedAt: start, endedAt: start + 6 * minute };
  const minutes = [...before(), ...during(6, () => ({ failures: 40, firstTokenP95: 1_500 }))];

  it("is judged by the minutes before it", () => {
    const effect = toTrafficEffect(minutes, rollout, []);
    expect(effect.failures?.kind).toBe("rose");
    expect(effect.slower).toEqual({ before: 620, during: 1_500 });
    expect(effect.during).toMatchObject({ minutes: 6, requests: 6_000, failures: 240 });
  });

  it("is not judged if another one was under way at the same time", () => {
    const other = { startedAt: start + minute, endedAt: null };
    expect(toTrafficEffect(minutes, rollout, [other])).toMatchObject({ failures: null, slower: null });
  });
});

it("has an interval that holds the share, and is narrower with more requests", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 1e6 }), (share, n) => {
      const { low, high } = wilson(share, n, 1.96);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(share).toBeGreaterThanOrEqual(low - 1e-9);
      expect(share).toBeLessThanOrEqual(high + 1e-9);
      const larger = wilson(share, n * 4, 1.96);
      expect(larger.high - larger.low).toBeLessThan(high - low);
    }),
  );
});

const none = { requests: 0, failures: 0 };
const counts = fc
  .record({ requests: fc.integer({ min: 0, max: 2_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ requests, share }) => ({ requests, failures: Math.floor(requests * share) }));

function burst(index: number): Partial<TrafficMinute> {
  return { failures: index % 10 === 0 ? 150 : 0 };
}

function slowAtTimes(index: number): Partial<TrafficMinute> {
  return { firstTokenP95: index % 10 === 0 ? 1_500 : 600 };
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How many of `n` trials succeed. */
function drawBinomial(random: () => number, n: number, share: number): number {
  let count = 0;
  // Skips from one success to the next (geometric distances).
  for (let at = 0; at < n; count += 1) {
    at += Math.floor(Math.log(1 - random()) / Math.log(1 - share)) + 1;
    if (at > n) break;
  }
  return count;
}
