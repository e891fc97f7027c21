import { expect, test } from "vitest";

import { displayStates } from "@/lib/domain/display-state";
import { stateFilters } from "@/lib/domain/state-filter";

import { displayStatePast, displayStateWord, stateFilterWord } from "./state-words";

test("every display state has its own word and its own past tense", () => {
  expect(new Set(displayStates.map(displayStateWord)).size).toBe(displayStates.length);
  expect(new Set(displayStates.map(displayStatePast)).size).toBe(displayStates.length);
  for (const displayState of displayStates)
    expect(displayStatePast(displayState)).toMatch(/^(was|had|looked) /);
});

test("every filter has its own word", () => {
  expect(new Set(stateFilters.map(stateFilterWord)).size).toBe(stateFilters.length);
});
