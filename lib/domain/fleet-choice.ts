import { displayStates, type DisplayState } from "./display-state";

const fleetSorts = ["urgency", "name", "age"] as const;
const fleetGroups = ["none", "org", "arch"] as const;
const fleetDensities = ["roomy", "dense"] as const;

/** What a viewer chose to see of the fleet, and how. Empty words and nulls choose everything. */
export type FleetChoice = {
  search: string;
  status: DisplayState | null;
  org: string;
  arch: string;
  sort: (typeof fleetSorts)[number];
  group: (typeof fleetGroups)[number];
  density: (typeof fleetDensities)[number];
};

const longestWord = 128;

/** What an address says → a choice; what it says wrongly is as if it were not said. */
export function parseFleetChoice(said: (name: string) => string | null): FleetChoice {
  const word = (name: string) => (said(name) ?? "").slice(0, longestWord);
  return {
    search: word("search"),
    status: oneOf(displayStates, said("status")),
    org: word("org"),
    arch: word("arch"),
    sort: oneOf(fleetSorts, said("sort")) ?? "urgency",
    group: oneOf(fleetGroups, said("group")) ?? "none",
    density: oneOf(fleetDensities, said("density")) ?? "roomy",
  };
}

/** A choice → the query of its address, `?` included; what goes without saying is left out. */
export function toFleetQuery(choice: FleetChoice): string {
  const plain = parseFleetChoice(() => null);
  const words = names
    .filter((name) => choice[name] !== plain[name])
    .map((name) => `${name}=${encodeURIComponent(choice[name] ?? "")}`);
  return words.length === 0 ? "" : `?${words.join("&")}`;
}

const names = ["search", "status", "org", "arch", "sort", "group", "density"] as const;

/** Whether a choice may leave endpoints out. */
export function isNarrowed({ search, status, org, arch }: FleetChoice): boolean {
  return search.trim() !== "" || status !== null || org !== "" || arch !== "";
}

function oneOf<T extends string>(words: readonly T[], said: string | null): T | null {
  return words.find((word) => word === said) ?? null;
}
