import { isNarrowed, type FleetChoice } from "./fleet-choice";
import type { Instant } from "./instant";
import { compareSeverity, type DisplayState } from "./display-state";

/** What filtering and sorting need to know about an endpoint. */
export type FleetLine = {
  id: string;
  org: string | null;
  arch: string | null;
  /** Versions and aliases, for the search. */
  versions: readonly string[];
  displayState: DisplayState;
  /** When its newest rollout began or, once it has ended, ended; null when nothing is deployed. */
  changedAt: Instant | null;
};

/** Lines under one name; null where the list is not grouped or the endpoint has no such name. */
export type FleetGroup<L> = { name: string | null; lines: readonly L[] };

/** Filters, sorts and groups the lines. No group is empty. */
export function arrangeFleet<L extends FleetLine>(
  lines: readonly L[],
  choice: FleetChoice,
): readonly FleetGroup<L>[] {
  const chosen = (isNarrowed(choice) ? lines.filter((line) => isChosen(line, choice)) : lines).toSorted(
    (a, b) => compare(a, b, choice.sort) || a.id.localeCompare(b.id),
  );
  if (choice.group === "none") return chosen.length === 0 ? [] : [{ name: null, lines: chosen }];
  const by = choice.group;
  const names = [...new Set(chosen.map((line) => line[by]))].toSorted(compareNames);
  return names.map((name) => ({ name, lines: chosen.filter((line) => line[by] === name) }));
}

/** Alphabetical, missing names last. */
function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a.localeCompare(b);
}

function isChosen(line: FleetLine, { search, status, org, arch }: FleetChoice): boolean {
  if (status !== null && line.displayState !== status) return false;
  if (org !== "" && line.org !== org) return false;
  if (arch !== "" && line.arch !== arch) return false;
  const text = [line.id, line.org, line.arch, ...line.versions].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function compare(a: FleetLine, b: FleetLine, sort: FleetChoice["sort"]): number {
  if (sort === "name") return 0;
  if (sort === "age") return (b.changedAt ?? 0) - (a.changedAt ?? 0);
  return compareSeverity(a.displayState, b.displayState);
}
