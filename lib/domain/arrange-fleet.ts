import { compareSeverity, isQuiet } from "./display-state";
import { isNarrowed, type FleetChoice } from "./fleet-choice";
import type { FleetPart } from "./fleet-summary";
import type { Instant } from "./instant";
import { matchesState } from "./state-filter";

/** What filtering and sorting need to know about an endpoint. */
export type FleetLine = FleetPart & {
  id: string;
  org: string | null;
  arch: string | null;
  /** Versions and aliases, for the search. */
  versions: readonly string[];
  /** When its newest rollout began or, once it has ended, ended; null when nothing is deployed. */
  changedAt: Instant | null;
};

/** Lines under one name; null where the list is not grouped or the endpoint has no such name. */
export type FleetGroup<L> = { name: string | null; lines: readonly L[] };

/** The groups that a list shows, none empty, and the quiet endpoints that it only counts. */
export type FleetArrangement<L> = { groups: readonly FleetGroup<L>[]; folded: readonly L[] };

/** The most quiet endpoints that a list shows below the others. */
const mostQuiet = 12;

/** Filters, sorts and groups the lines. */
export function arrangeFleet<L extends FleetLine>(
  lines: readonly L[],
  choice: FleetChoice,
): FleetArrangement<L> {
  const chosen = (isNarrowed(choice) ? lines.filter((line) => isChosen(line, choice)) : lines).toSorted(
    (a, b) => compareLines(a, b, choice.sort),
  );
  if (choice.group === "none") return fold(chosen, choice);
  const by = choice.group;
  const names = [...new Set(chosen.map((line) => line[by]))].toSorted(compareNames);
  const groups = names.map((name) => ({ name, lines: chosen.filter((line) => line[by] === name) }));
  return { groups, folded: [] };
}

/** Only a list with the quiet endpoints at its end is folded, and only if nothing was looked for in it. */
function fold<L extends FleetLine>(sorted: readonly L[], choice: FleetChoice): FleetArrangement<L> {
  const isWhole = choice.quiet === "all" || choice.sort !== "urgency" || isNarrowed(choice);
  const firstQuiet = sorted.findIndex(({ displayState }) => isQuiet(displayState));
  const end = isWhole || firstQuiet === -1 ? sorted.length : firstQuiet + mostQuiet;
  const shown = sorted.slice(0, end);
  return { groups: shown.length === 0 ? [] : [{ name: null, lines: shown }], folded: sorted.slice(end) };
}

/** Alphabetical, missing names last. */
function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a.localeCompare(b);
}

function isChosen(line: FleetLine, { search, status, org, arch }: FleetChoice): boolean {
  if (status !== null && !matchesState(line, status)) return false;
  if (org !== "" && line.org !== org) return false;
  if (arch !== "" && line.arch !== arch) return false;
  const text = [line.id, line.org, line.arch, ...line.versions].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

type Sorted = FleetPart & Pick<FleetLine, "id" | "changedAt">;

/** The order of a list. By urgency: the most severe first, those that changed last before the others; walls, too. */
export function compareLines(a: Sorted, b: Sorted, sort: FleetChoice["sort"]): number {
  const byName = a.id.localeCompare(b.id);
  if (sort === "name") return byName;
  const byChange = (b.changedAt ?? 0) - (a.changedAt ?? 0);
  return (sort === "urgency" && compareUrgency(a, b)) || byChange || byName;
}

/** Quiet endpoints are equally urgent, except that those that cannot be seen come first. */
function compareUrgency(a: Sorted, b: Sorted): number {
  if (!isQuiet(a.displayState) || !isQuiet(b.displayState))
    return compareSeverity(a.displayState, b.displayState);
  return Number(b.freshness.state === "blind") - Number(a.freshness.state === "blind");
}
