import { describe, expect, it } from "vitest";
import type { Plan } from "./build-script";
import { fail, regress, rollBack, rollBackCompletely, smooth, stall } from "./build-script";
import { seededRandom } from "./random";
import type { Script } from "./script";
import { scriptLengthMs, stateAt } from "./script";

const plan = (seed: string): Plan => ({
  random: seededRandom(seed),
  replicas: 12,
  maxUnavailable: 2,
  msPerReplica: 6000,
});

const scripts = (seed: string): Record<string, Script> => ({
  smooth: smooth(plan(seed)),
  stall: stall(plan(seed), 5),
  fail: fail(plan(seed), 7, "broken"),
  rollBack: rollBack(plan(seed), 8, 2),
  rollBackCompletely: rollBackCompletely(plan(seed), 8),
  regress: regress(plan(seed), 8, 5),
});

/** The updated counts in the order in which they are reported, without repeats. */
function counts(script: Script): unknown[] {
  const reported = script.map(({ atMs }) => stateAt(script, atMs).updated);
  return reported.filter((count, index) => count !== reported[index - 1]);
}

describe.each(["1", "2", "3", "4", "5", "6", "7", "8"])("scripts of seed %s", (seed) => {
  it("are the same for the same seed and in rising order of time", () => {
    for (const [name, script] of Object.entries(scripts(seed))) {
      expect(script).toEqual(scripts(seed)[name]);
      const times = script.map(({ atMs }) => atMs);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    }
  });

  it.each([
    ["smooth", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "done"],
    ["stall", [0, 1, 2, 3, 4, 5], "in_progress"],
    ["fail", [0, 1, 2, 3, 4, 5, 6, 7], "error"],
    ["rollBack", [0, 1, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4, 3, 2], "rolling_back"],
    ["rollBackCompletely", [0, 1, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4, 3, 2, 1, 0], "rolled_back"],
    ["regress", [0, 1, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5], "in_progress"],
  ])("%s goes through its counts and ends %s", (name, expected, status) => {
    const script = scripts(seed)[name] ?? [];
    expect(counts(script)).toEqual(expected);
    expect(stateAt(script, scriptLengthMs(script)).status).toBe(status);
    expect(stateAt(script, scriptLengthMs(script) + 1e9).status).toBe(status);
  });
});

it("differs from seed to seed", () => {
  expect(smooth(plan("1"))).not.toEqual(smooth(plan("2")));
});
