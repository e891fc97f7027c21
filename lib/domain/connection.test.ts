import { expect, test } from "vitest";

import type { FreshnessState } from "./freshness";
import { second } from "./instant";
import {
  connectionChangesAt,
  shortestInterval,
  toConnectionState,
  toFleetPolling,
  type Polling,
  type ConnectionState,
} from "./connection";

const polling: Polling = { observedAt: 0, answeredAt: 0, interval: 5 * second, failures: 0 };

const table: [FreshnessState, Partial<Polling>, number, ConnectionState][] = [
  ["live", {}, 9 * second, "live"],
  ["live", {}, 10 * second, "live"],
  ["live", {}, 10 * second + 1, "delayed"],
  ["live", { observedAt: null }, 60 * second, "live"],
  ["delayed", {}, 0, "delayed"],
  ["blind", {}, 0, "blind"],
  ["live", { failures: 1 }, 5 * second, "live"],
  ["live", { failures: 2 }, 0, "cut_off"],
  ["blind", { failures: 2 }, 0, "cut_off"],
];

test.each(table)("reported %s, with %j, at %i: %s", (reported, change, now, state) => {
  expect(toConnectionState(reported, { ...polling, ...change }, now)).toBe(state);
});

test.each(table)(
  "reported %s, with %j, what holds at %i stays until the predicted change: %s",
  (reported, change, now, state) => {
    const changed = { ...polling, ...change };
    const next = connectionChangesAt(reported, changed, now);
    const stateAt = (instant: number) => toConnectionState(reported, changed, instant);
    expect(stateAt(Math.min(next - 1, 3_600 * second))).toBe(state);
    if (next < Infinity) expect(stateAt(next)).not.toBe(state);
  },
);

test("an answer about several endpoints ages with the one that is polled most often", () => {
  const shortest = shortestInterval([
    { observedAt: 0, nextPollAt: 30 * second },
    { observedAt: 2 * second, nextPollAt: 7 * second },
    { observedAt: null, nextPollAt: second },
    { observedAt: 9 * second, nextPollAt: 9 * second },
  ]);
  expect(shortest).toBe(5 * second);
  expect(shortestInterval([])).toBe(30 * second);
  // The oldest look is 28 s old, and the server asked to be asked again after a second.
  const fleet = { ...polling, observedAt: -28 * second, interval: 29 * second };
  const stateOf = (reported: FreshnessState, of: Polling, now: number) =>
    toConnectionState(reported, toFleetPolling(of, shortest), now);
  expect(stateOf("live", fleet, 10 * second)).toBe("live");
  expect(stateOf("live", fleet, 10 * second + 1)).toBe("delayed");
  expect(stateOf("blind", fleet, 0)).toBe("blind");
  expect(stateOf("live", { ...fleet, failures: 2 }, 0)).toBe("cut_off");
  // The server may ask for a longer wait than that.
  const later = { ...polling, observedAt: 0, interval: 15 * second };
  expect(stateOf("live", later, 30 * second)).toBe("live");
});
