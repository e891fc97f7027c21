import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

/** The build runs with this in place of a management key (scripts/lib/application.mjs). */
const CANARY = "canary-key-never-to-be-built-in";

test("the build contains no key, no .env file and no browser source map", async () => {
  const files = await readdir(".next/standalone", { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  expect(paths.length).toBeGreaterThan(100);

  expect(paths.filter((path) => /(^|\/)\.env/.test(path))).toEqual([]);
  expect(paths.filter((path) => path.includes("/.next/static/") && path.endsWith(".map"))).toEqual([]);
  const holdsCanary = async (path: string) => (await readFile(path)).includes(CANARY);
  const holders = await Promise.all(paths.map(async (path) => ((await holdsCanary(path)) ? path : null)));
  expect(holders.filter((path) => path !== null)).toEqual([]);
});
