import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromRoot } from "./lib/root.mjs";
import { describeVersion, readVersion } from "./lib/version.mjs";

const read = (file) => readFileSync(fromRoot(file), "utf8");

test("the version is the same everywhere, and the changelog says what is in it", () => {
  const version = readVersion();
  const lock = JSON.parse(read("package-lock.json"));
  expect([lock.version, lock.packages[""].version]).toEqual([version, version]);
  expect(read("CHANGELOG.md")).toMatch(new RegExp(`^## ${version} - \\d{4}-`, "m"));
});

test("the license is the one that package.json names", () => {
  const { license } = JSON.parse(read("package.json"));
  expect(read("LICENSE").split("\n")[0]).toBe(`${license} License`);
});

test("the version says which build it is", async () => {
  expect(await describeVersion()).toMatch(/^Rollcall \d+\.\d+\.\d+, build [0-9a-f]{16}$/);
});
