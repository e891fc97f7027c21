import { describe, expect, it } from "vitest";

import { reportLateFrom, reportStallFrom } from "./when-to-report";
import { toConditions } from "./condition";
import { minute } from "./instant";
import { usualDeadline, type Habit } from "./past-rollout";
import { observationsAfter, rollout } from "./testing/rollouts";

const habit: Habit = { pasts: [], deadline: usualDeadline };

/** Observations of a rollout whose replicas took this long each, in minutes. */
function moved(...minutes: number[]) {
  return observationsAfter([0, ...minutes.map((each) => each * minute)]);
}

function stallAt(observations: ReturnType<typeof moved>, until: number) {
  const stalled = toConditions(rollout(observations), [], until, habit).find(
    ({ code }) => code === "stalled",
  );
  if (stalled?.code !== "stalled") throw new Error("It is not stalled.");
  return { stalled, from: reportStallFrom(observations, stalled) };
}

describe("a stall is reported", () => {
  it("at once, if it is the first", () => {
    const { stalled, from } = stallAt(moved(1, 1), 20 * minute);
    expect(from).toBe(stalled.from);
  });

  it("later only if it is longer than what the rollout has shown", () => {
    const { stalled, from } = stallAt(moved(1, 15, 1), 40 * minute);
    expect(stalled.from).toBe((1 + 15 + 1 + 10) * minute);
    expect(from).toBe((1 + 15 + 1 + 30) * minute);
  });
});

describe("that a rollout is late is reported", () => {
  const usual = { low: minute, high: 3 * minute, count: 3, isScaled: false };
  const late = { code: "late", since: 3 * minute, by: 0, usual, from: 4 * minute } as const;

  it("when it moves then, and not before", () => {
    expect(reportLateFrom(moved(1, 1, 1), late, { until: 5 * minute, habit })).toBeNull();
    expect(reportLateFrom(moved(1, 1, 1, 2), late, { until: 6 * minute, habit })).toBe(5 * minute);
  });

  it("never once it stood still, because people know that", () => {
    const observations = moved(1, 1, 11);
    expect(reportLateFrom(observations, late, { until: 13 * minute, habit })).toBeNull();
  });

  it("at once where no counts tell that it moves", () => {
    const [first] = moved();
    const uncounted = { ...first, state: { ...first.state, updatedReplicas: null } };
    expect(reportLateFrom([uncounted], late, { until: 5 * minute, habit })).toBe(late.from);
  });
});
