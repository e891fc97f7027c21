import { expect, test } from "vitest";

import type { DisplayState } from "@/lib/domain/display-state";
import { summarizeFleet, type FleetPart } from "@/lib/domain/fleet-summary";

import { fleetSentence, lastKnownSentence, unseenSentence } from "./fleet-sentence";
import { sentenceText, type Sentence } from "./sentence-text";

const write = { now: 0, moment: (at: number) => `@${at}` };
const text = (sentence: Sentence | null) => (sentence === null ? null : sentenceText(sentence, write));

function live(...displayStates: DisplayState[]): FleetPart[] {
  return displayStates.map((displayState) => ({
    displayState,
    freshness: { state: "live", observedAt: 9, cause: null },
  }));
}

const cause = { code: "upstream_error", message: "Cerebras answers 500.", since: 5, retryAt: null } as const;

function blind(since: number, ...displayStates: DisplayState[]): FleetPart[] {
  return displayStates.map((displayState) => ({
    displayState,
    freshness: { state: "blind", observedAt: 4, cause: { ...cause, since } },
  }));
}

function delayed(...displayStates: DisplayState[]): FleetPart[] {
  return displayStates.map((displayState) => ({
    displayState,
    freshness: { state: "delayed", observedAt: 4, cause: null },
  }));
}

const unseen: FleetPart = {
  displayState: "nothing",
  freshness: { state: "delayed", observedAt: null, cause: null },
};
const quiet = (count: number) => Array.from({ length: count }, () => "done" as const);

const table: [FleetPart[], string][] = [
  [live("done"), "1 endpoint, all quiet."],
  [live("done", "cancelled", "nothing"), "3 endpoints, all quiet."],
  [live("in_progress", "done"), "2 endpoints: 1 is rolling out."],
  [live("in_progress", "error", "error"), "3 endpoints: 2 have failed and 1 is rolling out."],
  [live("incomplete", "done"), "2 endpoints: 1 is done but incomplete."],
  [
    live("stalled", "regressing", "error", "rolling_back", "unknown"),
    "5 endpoints: 1 has failed, 2 look stuck, 1 is rolling back and 1 is in an unknown state.",
  ],
  [
    [...live(...quiet(13)), ...blind(7, ...quiet(11)), ...blind(5, "done")],
    "12 of 25 endpoints cannot be seen since @5: Cerebras answers 500. The other 13 are quiet.",
  ],
  [
    [...live("error", "in_progress", "in_progress"), ...blind(5, "in_progress")],
    "1 of 4 endpoints cannot be seen since @5: Cerebras answers 500. Of the other 3, 1 has failed and 2 are rolling out.",
  ],
  [
    [...live("in_progress"), ...blind(5, "error")],
    "1 of 2 endpoints cannot be seen since @5: Cerebras answers 500. The other one is rolling out.",
  ],
  [
    [...live("done"), ...blind(5, "done", "error"), ...delayed("in_progress"), unseen],
    "2 of 5 endpoints cannot be seen since @5, 1 is delayed and 1 has not been seen yet: Cerebras answers 500. The other one is quiet.",
  ],
  [[...live("done"), ...delayed("done", "done")], "2 of 3 endpoints are delayed. The other one is quiet."],
  [delayed("done", "error"), "2 endpoints are delayed."],
  [blind(5, "done", "error"), "2 endpoints cannot be seen since @5: Cerebras answers 500."],
  [[unseen, unseen], "Rollcall is taking its first look at 2 endpoints."],
  [[unseen, ...live("done")], "1 of 2 endpoints has not been seen yet. The other one is quiet."],
];

test.each(table)("%j", (parts, sentence) => {
  expect(text(fleetSentence(summarizeFleet(parts)))).toBe(sentence);
});

test("a list that cannot be read comes first", () => {
  expect(text(fleetSentence(summarizeFleet(live("done", "done"), true)))).toBe(
    "The list of endpoints cannot be read. 2 endpoints, all quiet.",
  );
});

test("different causes are not joined, and there is no sentence where all endpoints are live", () => {
  const other = { ...cause, message: "Cerebras cannot be reached." };
  const [first] = blind(3, "done");
  const parts = [...blind(5, "done"), ...live("done")];
  if (first !== undefined)
    parts.push({ ...first, freshness: { ...first.freshness, cause: { ...other, since: 3 } } });
  expect(text(unseenSentence(summarizeFleet(parts)))).toBe("2 of 3 endpoints cannot be seen since @3.");
  expect(unseenSentence(summarizeFleet(live("done", "error")))).toBeNull();
});

test("the last known states are in the past tense", () => {
  expect(lastKnownSentence([...blind(5, "error", "in_progress", "in_progress", ...quiet(9))])).toBe(
    "When last seen, 1 had failed, 2 were rolling out and 9 were quiet.",
  );
  expect(lastKnownSentence(blind(5, "in_progress"))).toBe("When last seen, 1 was rolling out.");
  expect(lastKnownSentence(blind(5, "done"))).toBe("When last seen, 1 was quiet.");
  expect(lastKnownSentence([unseen])).toBeNull();
});
