import type { FleetArrangement, FleetGroup, FleetLine } from "./arrange-fleet";
import { isQuiet } from "./display-state";

/**
 * The arrangement for a viewer who is pointing at `shown`: its lines stay where they are, even if they would now be
 * sorted, grouped, filtered or folded differently. Lines that no longer exist are left out, new ones come last, and quiet
 * ones that were folded stay so. `lines` are all that exist.
 */
export function holdArrangement<L extends FleetLine>(
  shown: FleetArrangement<L>,
  next: FleetArrangement<L>,
  lines: readonly L[],
): FleetArrangement<L> {
  const current = new Map(lines.map((line) => [line.id, line]));
  const kept = shown.groups.map(({ name, lines: former }) => ({
    name,
    lines: former.flatMap(({ id }) => current.get(id) ?? []),
  }));
  const held = new Set(kept.flatMap((group) => group.lines.map(({ id }) => id)));
  const wasFolded = new Set(shown.folded.map(({ id }) => id));
  const staysFolded = ({ id, displayState }: L) => wasFolded.has(id) && isQuiet(displayState);
  const rest = next.groups.map(({ name, lines: wanted }) => ({
    name,
    lines: wanted.filter(({ id }) => !held.has(id)),
  }));
  const added = rest.map(({ name, lines: wanted }) => ({
    name,
    lines: wanted.filter((line) => !staysFolded(line)),
  }));
  return {
    groups: joinGroups(kept, added).filter((group) => group.lines.length > 0),
    folded: [
      ...rest.flatMap((group) => group.lines.filter(staysFolded)),
      ...next.folded.filter(({ id }) => !held.has(id)),
    ],
  };
}

function joinGroups<L>(kept: readonly FleetGroup<L>[], added: readonly FleetGroup<L>[]): FleetGroup<L>[] {
  const linesOf = (groups: readonly FleetGroup<L>[], name: string | null) =>
    groups.filter((group) => group.name === name).flatMap((group) => group.lines);
  const names = new Set([...kept, ...added].map(({ name }) => name));
  return [...names].map((name) => ({ name, lines: [...linesOf(kept, name), ...linesOf(added, name)] }));
}
