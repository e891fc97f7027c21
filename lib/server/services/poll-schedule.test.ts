import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { observation, rollout } from "@/lib/domain/testing/rollouts";
import { newEndpointState } from "@/lib/server/state/endpoint-state";

import { createSchedule, soonestChange, toAge, toFleetAge } from "./poll-schedule";

const now = { at: 1_000_000, tick: 50_000 };

function stateDueIn(wait: number, changes: object = {}) {
  const nextPoll = { at: now.at + wait, tick: now.tick + wait };
  return { ...newEndpointState("a", 5_000), nextPoll, lastPollTook: 80, ...changes };
}

/** Its newest rollout has this status. */
function seenAs(status: "done" | "in_progress") {
  const facts = {
    endpointId: "a",
    org: null,
    modelArch: null,
    createdAt: 0,
    updatedAt: 0,
    firstObservedAt: 0,
  };
  const rollouts = [rollout([observation(1_000, { status })])];
  const span = { from: 0, until: now.at, brokenBy: null };
  return { picture: { facts: { ...facts, removedSince: null, warnings: [] }, rollouts, span } };
}

describe("nextPollIn", () => {
  it("points just past the server's own next poll and the time it takes", () => {
    expect(createSchedule().nextPollIn(stateDueIn(3_000), now)).toBe(3_120);
  });

  it("never makes a viewer wait longer than 15 s", () => {
    expect(createSchedule().nextPollIn(stateDueIn(300_000), now)).toBe(15_000);
  });

  it("asks again soon while a poll is under way, and less often the longer that takes", () => {
    const { nextPollIn } = createSchedule();
    expect(nextPollIn(stateDueIn(-10), now)).toBeLessThanOrEqual(300);
    expect(nextPollIn(stateDueIn(-1_000), now)).toBeGreaterThanOrEqual(1_000);
    // Three viewers are spread over three milliseconds.
    expect(nextPollIn(stateDueIn(-60_000), now)).toBeLessThanOrEqual(2_003);
  });

  it("makes viewers poll when the observation becomes old, if polls fail until then", () => {
    const cause = { code: "rate_limited", message: "words", since: 0, retryAt: null } as const;
    const failing = { failures: { count: 1, cause }, observedTick: now.tick - 4_000, lastPollTook: 0 };
    expect(createSchedule().nextPollIn(stateDueIn(12_000, failing), now)).toBe(6_030);
    expect(
      createSchedule().nextPollIn(stateDueIn(12_000, { ...failing, observedTick: now.tick - 11_000 }), now),
    ).toBe(12_020);
  });

  it("spreads viewers over a millisecond each", () => {
    const { nextPollIn } = createSchedule();
    const waits = Array.from({ length: 100 }, () => nextPollIn(stateDueIn(3_000), now));
    const waitsOfNext = Array.from({ length: 100 }, () =>
      nextPollIn(stateDueIn(3_000, { revision: 1 }), now),
    );
    expect(new Set(waitsOfNext).size).toBe(100);
    expect(Math.max(...waits, ...waitsOfNext)).toBeLessThan(3_120 + 101);
  });

  it("spreads however many viewers over a quarter of the interval at most", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 1_000, max: 30_000 }),
        (viewers, interval) => {
          const { nextPollIn } = createSchedule();
          const endpointState = stateDueIn(1_000, { interval });
          const waits = Array.from({ length: viewers }, () => nextPollIn(endpointState, now));
          expect(Math.max(...waits) - Math.min(...waits)).toBeLessThanOrEqual(interval / 4);
        },
      ),
      { numRuns: 30 },
    );
  });
});

it("does not let a crowd that has just come poll at the same moment", () => {
  const { nextPollIn } = createSchedule();
  const mostWithin = (window: number, waits: readonly number[]) =>
    Math.max(...waits.map((from) => waits.filter((wait) => wait >= from && wait < from + window).length));
  const ask = (revision: number) =>
    Array.from({ length: 1_000 }, () => nextPollIn(stateDueIn(1_500, { interval: 2_000, revision }), now));
  const first = ask(1);
  expect(mostWithin(25, first)).toBeLessThan(200);
  expect(Math.max(...first) - Math.min(...first)).toBeLessThanOrEqual(500);
  // From the second poll on, the size of the crowd is known.
  expect(mostWithin(25, ask(2))).toBeLessThan(70);
});

describe("toAge", () => {
  it("is unknown before the first observation, and measured on the clock that never jumps after it", () => {
    expect(toAge(newEndpointState("a", 5_000), now)).toBeNull();
    expect(toAge(stateDueIn(0, { observedTick: 48_500 }), { at: -1, tick: 50_000 })).toBe(1_500);
  });
});

describe("several endpoints", () => {
  const cause = { code: "rate_limited", message: "words", since: 0, retryAt: null } as const;

  it("are as old as the oldest look that is live, and as the newest where none is", () => {
    const seen = (ago: number, changes: object = {}) =>
      stateDueIn(0, { observedTick: now.tick - ago, ...changes });
    const blind = { failures: { count: 3, cause } };
    expect(toFleetAge([], now)).toBeNull();
    expect(toFleetAge([newEndpointState("a", 5_000)], now)).toBeNull();
    expect(toFleetAge([seen(100), seen(9_000), seen(10_001), seen(40_000, blind)], now)).toBe(9_000);
    expect(toFleetAge([seen(7_000, blind), seen(40_000, blind)], now)).toBe(7_000);
  });

  const unseen = (wait: number, endpointId: string) => stateDueIn(wait, { endpointId });
  const still = (wait: number, endpointId: string) =>
    stateDueIn(wait, { endpointId, interval: 30_000, ...seenAs("done") });

  it("are asked about when the first of them is polled or turns delayed", () => {
    const failing = stateDueIn(60_000, {
      endpointId: "failing",
      failures: { count: 1, cause },
      observedTick: now.tick - 4_000,
    });
    const [idle, next] = [unseen(14_000, "idle"), unseen(9_000, "next")];
    expect(soonestChange([], now)).toBeUndefined();
    expect(soonestChange([idle, next], now)).toMatchObject({ endpointState: next, late: 0 });
    expect(soonestChange([idle, failing, next], now)).toMatchObject({ endpointState: failing, late: 0 });
  });

  it("share a request where nothing moves, at most a quarter of the interval late, and never for one that moves", () => {
    const many = Array.from({ length: 40 }, (_, nth) => still(nth * 750, `still-${nth}`));
    const soonest = soonestChange(many, now);
    expect(soonest).toMatchObject({ endpointState: many[0], late: 7_500 });
    expect(createSchedule().nextPollIn(stateDueIn(0), now, null, soonest?.late)).toBe(7_620);
    const moving = stateDueIn(3_000, { endpointId: "moving", ...seenAs("in_progress") });
    expect(soonestChange([...many, moving], now)).toMatchObject({ endpointState: moving, late: 0 });
  });
});

describe("an endpoint that the listing covers", () => {
  const covered = { isCovered: true, interval: 600_000, observedTick: now.tick - 400_000 };
  const at = (ago: number) => ({ ids: new Set(["a"]), at: 0, tick: now.tick - ago, lasts: 60_000 });
  const listing = { listed: at(4_000), nextPoll: { at: now.at + 6_000, tick: now.tick + 6_000 } };

  it("is as old as the listing, or as its own reply if that is younger", () => {
    expect(toAge(stateDueIn(300_000, covered), now, listing)).toBe(4_000);
    expect(toAge(stateDueIn(300_000, { ...covered, observedTick: now.tick - 1_000 }), now, listing)).toBe(
      1_000,
    );
    expect(toAge(stateDueIn(300_000, { ...covered, isCovered: false }), now, listing)).toBe(400_000);
  });

  it("is as old as the last listing that had not moved", () => {
    const hint = { ...newEndpointState("a", 1).hint, heldUntil: now.tick - 14_000 };
    expect(toAge(stateDueIn(300_000, { ...covered, hint }), now, listing)).toBe(14_000);
  });

  it("is polled by viewers just after the listing and the poll that may follow", () => {
    expect(createSchedule().nextPollIn(stateDueIn(300_000, covered), now, listing)).toBe(6_240);
    const soon = stateDueIn(8_000, { endpointId: "soon" });
    const state = stateDueIn(300_000, covered);
    expect(soonestChange([soon, state], now, () => listing)).toMatchObject({ endpointState: state, late: 0 });
  });

  it("counts in a fleet while the listing is fresh", () => {
    const seen = stateDueIn(0, { observedTick: now.tick - 2_000 });
    const state = stateDueIn(300_000, covered);
    expect(toFleetAge([seen, state], now, () => listing)).toBe(4_000);
    expect(toFleetAge([seen, state], now, () => ({ ...listing, listed: at(60_001) }))).toBe(2_000);
  });

  it("does not spread viewers over the rare polls", () => {
    const { nextPollIn } = createSchedule();
    const state = stateDueIn(300_000, covered);
    const waits = Array.from({ length: 5_000 }, (_, nth) =>
      nextPollIn(state, now, { ...listing, listed: at(4_000 - Math.floor(nth / 10)) }),
    );
    expect(Math.max(...waits)).toBeLessThan(6_240 + 25);
  });
});
