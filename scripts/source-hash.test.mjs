import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sourceHash } from "./lib/source-hash.mjs";

let root;
const write = (file, content) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rollcall-source-"));
  write("app/page.tsx", "page");
  write("lib/domain/rollout-speed.ts", "speed");
});

afterEach(() => rmSync(root, { recursive: true }));

test.each([
  "app/page.tsx",
  "components/card.tsx",
  "lib/server/log.ts",
  "next.config.js",
  "package-lock.json",
])("%s makes another build", (file) => {
  const before = sourceHash(root);
  write(file, "changed");
  expect(sourceHash(root)).not.toBe(before);
});

test.each([
  "lib/simulator/main.ts",
  "lib/domain/rollout-speed.test.ts",
  "lib/server/db/testing/engines.ts",
  "e2e/page.spec.ts",
  "README.md",
])("%s does not", (file) => {
  const before = sourceHash(root);
  write(file, "changed");
  expect(sourceHash(root)).toBe(before);
});

test("a file that moves makes another build", () => {
  const before = sourceHash(root);
  rmSync(join(root, "app/page.tsx"));
  write("app/home.tsx", "page");
  expect(sourceHash(root)).not.toBe(before);
});
