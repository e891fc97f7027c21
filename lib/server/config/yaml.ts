import "server-only";

import { isScalar, Lexer, parseDocument, Parser, visit, type Document } from "yaml";

/** `place` is empty if the text is wrong as a whole. */
type YamlProblem = { place: string; problem: string };

/** The parsed value, or what is wrong with the text. */
export type Yaml = { value: unknown; problems: null } | { value: null; problems: YamlProblem[] };

const mostLevels = 32;
/** Besides the levels, the parser's stack holds the document, the current scalar and its pair. */
const mostOpen = mostLevels + 3;
const mostAliases = 10;
const mostProblems = 20;

/**
 * Parses a YAML text. Safe for any text of moderate size: deep nesting is rejected before parsing, because the parser
 * and everything after it recurse once per level.
 */
export function readYaml(text: string): Yaml {
  if (isDeep(text)) return refused(`nests deeper than ${mostLevels} levels.`);
  const document = parseDocument(text, {
    prettyErrors: false,
    logLevel: "error",
    customTags: [],
    // Its check is quadratic; `findRepeatedKeys` is linear.
    uniqueKeys: false,
  });
  const faults = [
    ...[...document.errors, ...document.warnings].map(({ code, pos: [at] }) => ({ code, at })),
    ...findRepeatedKeys(document),
  ];
  if (faults.length > 0) return { value: null, problems: toProblems(text, faults) };
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return isDeepValue(value, mostLevels)
      ? refused(`nests deeper than ${mostLevels} levels, or an alias (*) is inside the node it refers to.`)
      : { value, problems: null };
  } catch {
    return refused(
      `is not valid YAML: an alias (*) has no anchor, or one anchor has more than ${mostAliases} aliases.`,
    );
  }
}

function refused(problem: string): Yaml {
  return { value: null, problems: [{ place: "", problem }] };
}

function isDeep(text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme));
    if (parser.stack.length > mostOpen) return true;
  }
  return false;
}

function isDeepValue(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeepValue(part, levels - 1));
}

type Fault = { code: string; at: number };

function findRepeatedKeys(document: Document.Parsed): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const known = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (known.has(key.value)) faults.push({ code: "DUPLICATE_KEY", at: key.range?.[0] ?? 0 });
        known.add(key.value);
      }
    },
  });
  return faults;
}

/** The first 20, each with its place. */
function toProblems(text: string, faults: readonly Fault[]): YamlProblem[] {
  const named = faults.slice(0, mostProblems).map(({ code, at }) => ({
    place: placeOf(text, at),
    problem: `is not valid YAML (${code.toLowerCase().replaceAll("_", " ")}).`,
  }));
  const others = faults.length - named.length;
  return others === 0 ? named : [...named, { place: "", problem: `has ${others} more such mistakes.` }];
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
