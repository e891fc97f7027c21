import ts from "typescript";
import { EXCEPTIONS, NAMES, NAME_PARTS, PHRASES } from "./retired-words.mjs";

const PARSED = /\.(?:[cm]?[jt]s|tsx)$/;
const LOOKS_LIKE_A_NAME = /^[A-Za-z][\w-]*$/;
/** A sentence continues across the line ends of comments and of joined strings. */
const GAP = String.raw`(?:[\s*/#"'\`+]+)`;
const SEARCHED_PHRASES = PHRASES.map(([pattern, say]) => [
  new RegExp(pattern.source.replaceAll(" ", GAP), `${pattern.flags}g`),
  say,
]);

/** The retired words in a file, in order, as `{ line, word, say }`; `path` is relative to the project. */
export function findRetiredWords(path, text) {
  const exceptions = EXCEPTIONS.filter((exception) => exception.path.test(path));
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lineOf = (offset) => lineStarts.findLastIndex((start) => start <= offset) + 1;
  const names = exceptions.some((exception) => exception.names) ? [] : retiredNames(path, text);
  return [...retiredPhrases(text), ...names]
    .filter(({ word }) => !exceptions.some(({ words }) => words?.includes(word.toLowerCase())))
    .sort((one, other) => one.offset - other.offset)
    .filter(isFirstHere)
    .map(({ offset, word, say }) => ({
      line: lineOf(offset),
      word: word.replaceAll(/[\s*/"'`+]+/g, " "),
      say,
    }));
}

/** Two entries may match the same words: one report is enough. */
function isFirstHere({ offset }, index, all) {
  const before = all[index - 1];
  return before === undefined || before.offset === 0 || offset >= before.offset + before.word.length;
}

function retiredPhrases(text) {
  return SEARCHED_PHRASES.flatMap(([pattern, say]) =>
    [...text.matchAll(pattern)].map((match) => ({ offset: match.index, word: match[0], say })),
  );
}

function retiredNames(path, text) {
  const inPath = path.split(/[/.]/).map((name) => ({ name, offset: 0 }));
  const inText = PARSED.test(path) ? namesIn(path, text) : [];
  return [...inPath, ...inText].flatMap(({ name, offset }) => {
    const say = replacementOf(name);
    return say === undefined ? [] : [{ offset, word: name, say }];
  });
}

function replacementOf(name) {
  const whole = NAMES.find(([pattern]) => pattern.test(name));
  if (whole !== undefined) return whole[1];
  const part = partsOf(name).find((part) => Object.hasOwn(NAME_PARTS, part));
  return part === undefined ? undefined : NAME_PARTS[part];
}

/** `readHTTPHeaders`, `read_http-headers` → read, http, headers. */
function partsOf(name) {
  return name
    .replace(/([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])/g, "$1$3 $2$4")
    .toLowerCase()
    .split(/[^a-z\d]+/);
}

/** Identifiers, and strings that look like one: a table, an attribute, a key. */
function namesIn(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const found = [];
  const visit = (node) => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || isNameInString(node))
      found.push({ name: node.text, offset: node.getStart(file) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isNameInString(node) {
  return ts.isStringLiteralLike(node) && LOOKS_LIKE_A_NAME.test(node.text);
}
