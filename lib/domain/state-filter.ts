import { displayStates, stateKindOf, stateKinds, type DisplayState, type StateKind } from "./display-state";
import type { FleetPart } from "./fleet-summary";

/** What a fleet is filtered by: endpoints that cannot be seen, a kind of state, or exactly one state. */
export type StateFilter = "blind" | StateKind | DisplayState;

/** The filters that a list offers, most severe first. */
const offered: readonly StateFilter[] = ["blind", ...stateKinds];

export const stateFilters: readonly StateFilter[] = [...new Set([...offered, ...displayStates])];

/** Whether an endpoint matches a filter. For an endpoint that cannot be seen, its last known state counts. */
export function matchesState({ displayState, freshness }: FleetPart, filter: StateFilter): boolean {
  if (filter === "blind") return freshness.state === "blind";
  return displayState === filter || stateKindOf(displayState) === filter;
}

export type StateCount = { filter: StateFilter; count: number };

/**
 * How many endpoints each filter matches. Left out are filters that match none, except the `kept` ones: a filter that is
 * chosen, or that has just been offered.
 */
export function countStates(
  parts: readonly FleetPart[],
  kept: readonly (StateFilter | null)[] = [],
): StateCount[] {
  return stateFilters.flatMap((filter) => {
    const count = parts.filter((part) => matchesState(part, filter)).length;
    const isOffered = count > 0 && offered.includes(filter);
    return isOffered || kept.includes(filter) ? [{ filter, count }] : [];
  });
}
