import { stateFilters, type StateFilter } from "./state-filter";

const fleetSorts = ["urgency", "name", "age"] as const;
const fleetGroups = ["none", "org", "arch"] as const;
const fleetDensities = ["roomy", "dense"] as const;
const fleetExtents = ["some", "all"] as const;

/** The filters and the layout that a viewer chose. Empty strings and nulls filter nothing. */
export type FleetChoice = {
  search: string;
  status: StateFilter | null;
  org: string;
  arch: string;
  sort: (typeof fleetSorts)[number];
  group: (typeof fleetGroups)[number];
  density: (typeof fleetDensities)[number];
  /** Whether all quiet endpoints are listed, or only some, with the number of the others. */
  quiet: (typeof fleetExtents)[number];
};

const longestWord = 128;

/** Parses the choice in an address. Invalid values count as missing. */
export function parseFleetChoice(parameter: (name: string) => string | null): FleetChoice {
  const word = (name: string) => (parameter(name) ?? "").slice(0, longestWord);
  return {
    search: word("search"),
    status: oneOf(stateFilters, parameter("status")),
    org: word("org"),
    arch: word("arch"),
    sort: oneOf(fleetSorts, parameter("sort")) ?? "urgency",
    group: oneOf(fleetGroups, parameter("group")) ?? "none",
    density: oneOf(fleetDensities, parameter("density")) ?? "roomy",
    quiet: oneOf(fleetExtents, parameter("quiet")) ?? "some",
  };
}

/** The query of a choice, with its `?`; defaults are left out. */
export function toFleetQuery(choice: FleetChoice): string {
  const plain = parseFleetChoice(() => null);
  const words = names
    .filter((name) => choice[name] !== plain[name])
    .map((name) => `${name}=${encodeURIComponent(choice[name] ?? "")}`);
  return words.length === 0 ? "" : `?${words.join("&")}`;
}

const names = ["search", "status", "org", "arch", "sort", "group", "density", "quiet"] as const;

/** Whether a choice may hide endpoints. */
export function isNarrowed({ search, status, org, arch }: FleetChoice): boolean {
  return search.trim() !== "" || status !== null || org !== "" || arch !== "";
}

function oneOf<T extends string>(words: readonly T[], value: string | null): T | null {
  return words.find((word) => word === value) ?? null;
}
