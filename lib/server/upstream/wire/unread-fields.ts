import "server-only";

import type { FieldHint } from "@/lib/domain/field-use";

import { toObject } from "./fields";
import { guessField } from "./guess-field";
import { shorten } from "./values";

type Spellings = Readonly<Record<string, readonly string[]>>;

const mostFields = 200;
const mostInPath = 200;
const mostHints = 50;
const mostRowsSearched = 1_000;

/**
 * Paths in a reply that Rollcall does not read, sorted: top-level fields, and fields of the rows of known lists, there
 * also one object down. Fields further inside an unread field are not listed separately. `hints` are those of the rows
 * that look like something that Rollcall could read.
 */
export function findUnreadFields(
  json: unknown,
  top: Spellings,
  row: Spellings,
): { unreadFields: string[]; hints: FieldHint[] } {
  const found = createFinds();
  const known = new Set(Object.values(top).flat());
  for (const [name, value] of toObject(json) ?? []) {
    if (!known.has(name)) found.paths.add(name);
    else if (Array.isArray(value)) addRowFields(found, `${name}[].`, value, row);
  }
  const unreadFields = [...found.paths]
    .map((path) => shorten(path, mostInPath))
    .toSorted()
    .slice(0, mostFields);
  return { unreadFields, hints: [...found.hints.values()] };
}

type Finds = { paths: Set<string>; hints: Map<string, FieldHint> };

function createFinds(): Finds {
  return { paths: new Set(), hints: new Map() };
}

function addRowFields(found: Finds, prefix: string, rows: readonly unknown[], spellings: Spellings): void {
  const known = new Set(Object.values(spellings).flat());
  // An error message may be an object: it is read as a whole.
  const whole = new Set(spellings["errorMessage"] ?? []);
  for (const row of rows.slice(0, mostRowsSearched)) {
    for (const [name, value] of toObject(row) ?? []) {
      const inner = whole.has(name) ? null : toObject(value);
      if (inner === null || inner.size === 0) {
        if (!known.has(name)) note(found, prefix, [name], value);
        continue;
      }
      for (const [innerName, innerValue] of inner)
        if (!known.has(`${name}.${innerName}`)) note(found, prefix, [name, innerName], innerValue);
    }
  }
}

function note({ paths, hints }: Finds, prefix: string, names: readonly string[], value: unknown): void {
  if (paths.size >= mostFields) return;
  const spelling = names.join(".");
  paths.add(prefix + spelling);
  if (hints.size >= mostHints || hints.has(spelling)) return;
  // Others would need quoting in the settings, which offer the name to be copied.
  if (names.some((name) => !/^[A-Za-z_][\w-]{0,80}$/.test(name))) return;
  const guess = guessField(names, value);
  if (guess !== null) hints.set(spelling, { spelling, ...guess });
}
