import { describe, expect, it } from "vitest";

import { worstState, type Check, type CheckState } from "@/lib/domain/check";

import { diagnosticsSentence } from "./check-words";

function inState(state: CheckState): Check {
  return { name: "Clock", state, says: "", remedy: null };
}

describe("the sentence of the diagnostics", () => {
  it.each<[CheckState[], CheckState, string]>([
    [["ok", "ok"], "ok", "All 2 checks pass."],
    [["ok", "warning"], "warning", "No check fails; 1 of 2 has a warning."],
    [["warning", "unknown"], "unknown", "No check fails; 1 of 2 cannot run yet."],
    [["failing", "unknown", "failing"], "failing", "2 of 3 checks fail."],
    [["failing", "ok"], "failing", "1 of 2 checks fails."],
  ])("of %j is %s", (states, worst, sentence) => {
    const checks = states.map(inState);
    expect(worstState(checks)).toBe(worst);
    expect(diagnosticsSentence(checks)).toBe(sentence);
  });
});
