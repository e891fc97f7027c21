import "server-only";

import { toObject } from "./fields";
import { shorten } from "./parse-text";

type Spellings = Readonly<Record<string, readonly string[]>>;

const mostFields = 200;
const mostInPath = 200;
const mostRowsSearched = 1_000;

/**
 * The paths of a reply that nothing reads, sorted: at the top level, and within the rows of its
 * lists. A field is named, not entered: what lies inside an unread one is unread too.
 */
export function findUnreadFields(json: unknown, top: Spellings, row: Spellings): string[] {
  const paths = new Set<string>();
  const known = new Set(Object.values(top).flat());
  for (const [name, value] of toObject(json) ?? []) {
    if (!known.has(name)) paths.add(name);
    else if (Array.isArray(value)) addRowFields(paths, `${name}[].`, value, row);
  }
  return [...paths]
    .map((path) => shorten(path, mostInPath))
    .toSorted()
    .slice(0, mostFields);
}

function addRowFields(
  paths: Set<string>,
  prefix: string,
  rows: readonly unknown[],
  spellings: Spellings,
): void {
  const known = new Set(Object.values(spellings).flat());
  for (const row of rows.slice(0, mostRowsSearched)) {
    for (const name of toObject(row)?.keys() ?? []) {
      if (!known.has(name) && paths.size < mostFields) paths.add(prefix + name);
    }
  }
}
