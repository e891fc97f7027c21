import { expect, test } from "vitest";

import type { FreshnessState } from "./freshness";
import { second } from "./instant";
import { toSightState, type Polling, type SightState } from "./sight";

const polling: Polling = { observedAt: 0, answeredAt: 0, interval: 5 * second, failures: 0 };

const table: [FreshnessState, Partial<Polling>, number, SightState][] = [
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

test.each(table)("told %s, with %j, at %i: %s", (told, change, now, state) => {
  expect(toSightState(told, { ...polling, ...change }, now)).toBe(state);
});
