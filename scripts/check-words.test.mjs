import { describe, expect, test } from "vitest";
import { findRetiredWords } from "./lib/find-retired-words.mjs";

const wordsIn = (path, text) => findRetiredWords(path, text).map(({ line, word }) => `${line}: ${word}`);

describe("retired names", () => {
  test("are found as parts of identifiers, strings and file names", () => {
    expect(
      wordsIn("lib/a.ts", 'const boardOf = 1;\nselect("sight");\ntype LoudTile = { has_fence: 1 };'),
    ).toEqual(["1: boardOf", "2: sight", "3: LoudTile", "3: has_fence"]);
    expect(wordsIn("components/loud-tile.tsx", "")).toEqual(["1: loud-tile"]);
  });

  test("are found in markup and private members", () => {
    expect(wordsIn("a.tsx", "<p data-standing={1} />;\nclass A { #news = 1 }")).toEqual([
      "1: data-standing",
      "2: #news",
    ]);
  });

  test.each(["keyboard", "KeyboardEvent", "cloud", "insight", "renews", "space", "recourse"])(
    "are not found inside %s",
    (name) => expect(wordsIn("a.ts", `const ${name} = 1;`)).toEqual([]),
  );

  test("are ordinary words in prose", () => {
    expect(wordsIn("a.ts", '// The board has news, of course.\nconst a = "no trouble here";')).toEqual([]);
    expect(wordsIn("a.md", "A desk and a fence.")).toEqual([]);
  });

  test("keep standing in a landed migration", () => {
    const text = 'createTable("sight"); // somebody';
    expect(wordsIn("lib/server/db/migrations/0001_start.ts", text)).toEqual(["1: somebody"]);
  });
});

describe("retired phrases", () => {
  test("are found in code, comments, messages and documents", () => {
    expect(wordsIn("a.ts", '// Whoever asks.\nsay("for as long as it is up");')).toEqual([
      "1: Whoever",
      "2: for as long as",
    ]);
    expect(wordsIn("a.md", "# One\n\nNobody is told. It waits for nobody's answer, for ever.")).toEqual([
      "3: Nobody",
      "3: is told",
      "3: nobody",
      "3: for ever",
    ]);
  });

  test("are found across lines", () => {
    expect(wordsIn("a.ts", "/**\n * It is\n * told what\n */")).toEqual(["2: is told"]);
    expect(wordsIn("a.ts", 'say("for as long " +\n  "as");')).toEqual(["1: for as long as"]);
  });

  test("say what to write instead, once where two entries match", () => {
    expect(findRetiredWords("a.md", "What is heard")).toEqual([
      { line: 1, word: "is heard", say: expect.stringContaining("active voice") },
    ]);
  });

  test("are not found in plain English", () => {
    const text = "So that everyone can sign in. Anyone without access gets a 404. Nobody-7 is an id.";
    expect(wordsIn("a.md", text)).toEqual([]);
  });
});
