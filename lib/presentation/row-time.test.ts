import { expect, it } from "vitest";

import type { DisplayState } from "@/lib/domain/display-state";
import { minute } from "@/lib/domain/instant";

import { progressTime, rowTime } from "./row-time";
import { sentenceText } from "./sentence-text";

const now = 100 * minute;
const rollout = {
  status: "in_progress",
  reportedStatus: "in_progress",
  updatedReplicas: 3,
  totalReplicas: 8,
  errorMessage: null,
  version: "8",
  displayState: "in_progress",
  startedAt: now - 4 * minute,
  endedAt: null,
  timeLeft: null,
  noLongerReportedSince: null,
  conditions: [],
} as const;
const ago = (minutes: number) => now - minutes * minute;
const write = (...[of, freshness]: Parameters<typeof rowTime>) =>
  sentenceText(rowTime(of, freshness), { now, moment: (at) => `minute ${at / minute}` });
const live = { state: "live", observedAt: now } as const;

it.each([
  ["started 4 min ago", {}],
  ["requested 4 min ago", { status: "not_started", displayState: "not_started" }],
  ["ended 2 min ago", { status: "error", displayState: "error", endedAt: ago(2) }],
  ["requested 4 min ago", { status: "done", displayState: "done" }],
  ["not moved for 11 min", { displayState: "stalled", conditions: [{ code: "stalled", since: ago(11) }] }],
  ["8–13 min left", { timeLeft: { lowSeconds: 480, highSeconds: 780, evidence: "" } }],
  ["up to 40 s left", { timeLeft: { lowSeconds: 0, highSeconds: 40, evidence: "" } }],
  ["4 min over usual", { displayState: "late", conditions: [{ code: "late", since: ago(4) }] }],
  ["for 3 min", { displayState: "regressing", conditions: [{ code: "regressing", since: ago(3) }] }],
  ["not reported since minute 70", { displayState: "removed", noLongerReportedSince: ago(30) }],
] as const)("says %j", (words, more) => {
  const displayState: DisplayState = "in_progress";
  expect(write({ ...rollout, displayState, ...more }, live)).toBe(words);
});

it("says of an endpoint that is not live when it was last seen, whatever its rollout did", () => {
  expect(write(rollout, { state: "blind", observedAt: ago(20) })).toBe("not seen since minute 80");
  expect(write(null, { state: "delayed", observedAt: ago(2) })).toBe("last seen 2 min ago");
  expect(write(rollout, { state: "blind", observedAt: null })).toBe("");
  expect(write(null, live)).toBe("");
});

it("says on a wall how long the present state has lasted, or the time left", () => {
  const say = (more: object) => sentenceText(progressTime({ ...rollout, ...more }), { now, moment: String });
  expect(say({})).toBe("4 min");
  expect(say({ timeLeft: { lowSeconds: 480, highSeconds: 780, evidence: "" } })).toBe("8–13 min left");
  expect(say({ displayState: "stalled", conditions: [{ code: "stalled", since: ago(9) }] })).toBe("9 min");
  expect(say({ status: "error", displayState: "error", endedAt: ago(13) })).toBe("13 min ago");
  expect(say({ status: "error", displayState: "error" })).toBe("began 4 min ago");
});
