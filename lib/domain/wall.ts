import type { FleetPart } from "./fleet-summary";
import { minute, type Instant } from "./instant";
import { isQuiet } from "./display-state";

/** The most names below the featured tiles in a size that is read from four meters; more endpoints become counts. */
export const mostNames = 8;

/** Rows of names that fill a screen in that size. */
export const nameRows = 11;

/** Letters of that size across a screen, and what a name has beside it, in letters: shape, version and space. */
export const lettersAcross = { landscape: 72, portrait: 36, wide: 96 };
const besideName = 6;

/** The columns of names as long as this, in letters. */
export function nameColumns(longestName: number, across: number): number {
  return Math.max(1, Math.floor(across / (longestName + besideName)));
}

/** How many names fill a screen where nothing is featured. */
export function mostNamesAlone(longestName: number): number {
  return nameRows * nameColumns(longestName, lettersAcross.landscape);
}

/** How long a finished rollout stays featured. */
const celebratedFor = minute;

/** What decides an endpoint's place on the wall. */
export type WallLine = FleetPart & { changedAt: Instant | null; isAcknowledged: boolean };

/** The part of the wall that an endpoint is shown in. */
export type WallPlace = "featured" | "unseen" | "quiet";

/**
 * Featured: moving, just finished, or failed and not acknowledged. A blind endpoint is never quiet: it is featured if
 * it was moving or failing when last seen, and unseen otherwise.
 */
export function placeOnWall(
  { displayState, freshness, changedAt, isAcknowledged }: WallLine,
  now: Instant,
): WallPlace {
  if (!isAcknowledged && !isQuiet(displayState)) return "featured";
  if (freshness.state === "blind" || freshness.observedAt === null) return "unseen";
  const isNew = changedAt !== null && now - changedAt < celebratedFor && now >= changedAt;
  return isNew && !isAcknowledged && freshness.state === "live" ? "featured" : "quiet";
}

/** The first instant after `now` at which `placeOnWall` may return another place; Infinity if none. */
export function placeChangesAt({ changedAt }: Pick<WallLine, "changedAt">, now: Instant): Instant {
  if (changedAt === null) return Infinity;
  return [changedAt, changedAt + celebratedFor].find((instant) => instant > now) ?? Infinity;
}

/**
 * The number of columns for `count` tiles on an area of this shape (width / height), so that the shape of each tile is
 * close to `tile` (width / height). Rows are filled evenly: 5 tiles in 3 columns are 3 and 2, never 4 and 1.
 */
export function columnsFor(count: number, area: number, tile: number): number {
  const candidates = Array.from({ length: Math.max(1, count) }, (_, index) => index + 1);
  const misfit = (columns: number) => {
    const rows = Math.ceil(count / columns);
    const shape = (area / columns) * rows;
    const empty = (columns * rows - count) / (columns * rows);
    return Math.abs(Math.log(shape / tile)) + empty;
  };
  const best = candidates.toSorted((a, b) => misfit(a) - misfit(b))[0] ?? 1;
  return Math.ceil(count / Math.ceil(count / best)) || 1;
}

/** How a wall divides its screen. `folded` endpoints appear as counts only. */
export type WallLayout<L> = {
  featured: readonly L[];
  unseen: readonly L[];
  quiet: readonly L[];
  folded: readonly L[];
  /** Which endpoints are on the screen, counted from 1; null if all are. */
  page: { from: number; to: number } | null;
};

/**
 * Divides the screen among `placed`, in their order. Featured endpoints are on every page. Below them there is room for
 * `mostNames` names, and for `roomAlone` if nothing is featured. Where the others do not fit, they take turns if there
 * is a `turn`. Otherwise unseen endpoints and acknowledged failures keep their names as far as there is room, and the
 * rest is folded into counts.
 */
export function arrangeWall<L extends { place: WallPlace; isAcknowledged: boolean }>(
  placed: readonly L[],
  { roomAlone, turn }: { roomAlone: number; turn: number | null },
): WallLayout<L> {
  const inPlace = (place: WallPlace, among = placed) => among.filter((each) => each.place === place);
  const [featured, unseen, quiet] = [inPlace("featured"), inPlace("unseen"), inPlace("quiet")];
  const others = [...unseen, ...quiet];
  const room = featured.length === 0 ? roomAlone : mostNames;
  if (others.length > room && turn !== null) {
    const pages = Math.ceil(others.length / room);
    const from = (((turn % pages) + pages) % pages) * room;
    const shown = others.slice(from, from + room);
    const page = { from: from + 1, to: from + shown.length };
    return { featured, unseen: inPlace("unseen", shown), quiet: inPlace("quiet", shown), folded: [], page };
  }
  const named = unseen.length <= room ? unseen : [];
  // Unseen endpoints are worse news than quiet ones, and stay larger.
  const beside = featured.length === 0 ? 0 : named.length;
  const left = featured.length + unseen.length === 0 ? room : Math.max(0, mostNames - beside);
  const acknowledged = quiet.filter(({ isAcknowledged }) => isAcknowledged);
  const shownQuiet = quiet.length <= left ? quiet : acknowledged.slice(0, left);
  const visible = new Set([...named, ...shownQuiet]);
  const folded = others.filter((each) => !visible.has(each));
  return { featured, unseen: named, quiet: shownQuiet, folded, page: null };
}

/** Endpoints that are only counted, under one name. */
export type WallGroup<L> = { name: string; lines: readonly L[] };

/** More groups are not told apart from four meters. */
const mostGroups = 12;

/** Groups lines by organization, or by architecture if they have one organization; largest first. */
export function groupLines<L extends { org: string | null; arch: string | null }>(
  lines: readonly L[],
): WallGroup<L>[] {
  const isOneOrg = new Set(lines.map(({ org }) => org)).size === 1;
  const byName = new Map<string, L[]>();
  for (const line of lines) {
    const name = (isOneOrg ? line.arch : line.org) ?? "other";
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [line]);
    else known.push(line);
  }
  const groups = [...byName]
    .map(([name, members]) => ({ name, lines: members }))
    .toSorted((a, b) => b.lines.length - a.lines.length || a.name.localeCompare(b.name));
  if (groups.length <= mostGroups) return groups;
  const rest = groups.slice(mostGroups - 1).flatMap((group) => group.lines);
  return [...groups.slice(0, mostGroups - 1), { name: "other", lines: rest }];
}

/** An id without the organization that it begins with. */
export function withoutOrg(id: string, org: string | null): string {
  return org !== null && id.startsWith(`${org}-`) ? id.slice(org.length + 1) : id;
}
