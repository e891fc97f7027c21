import { expect, it } from "vitest";

import { findEntries } from "./find-entries";

const entries = [
  "acme-llama3.1-8b",
  "acme-llama-3.3-70b",
  "acme-qwen-3-32b",
  "globex-qwen-3-32b",
  "Audit log",
].map((text) => ({ text }));
const found = (query: string) => findEntries(entries, query).map(({ text }) => text);

it.each([
  ["", entries.map(({ text }) => text)],
  ["  ", entries.map(({ text }) => text)],
  ["qwen", ["acme-qwen-3-32b", "globex-qwen-3-32b"]],
  ["32 globex", ["globex-qwen-3-32b"]],
  ["LOG", ["Audit log"]],
  ["3.3", ["acme-llama-3.3-70b"]],
  ["qwen-3", ["acme-qwen-3-32b", "globex-qwen-3-32b"]],
  ["nothing", []],
])("%j finds %j", (query, texts) => {
  expect(found(query)).toEqual(texts);
});

it("puts words that begin as the query does before words that contain it", () => {
  expect(findEntries([{ text: "Scream" }, { text: "Cream" }], "cream").map(({ text }) => text)).toEqual([
    "Cream",
    "Scream",
  ]);
});
