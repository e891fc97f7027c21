import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./lib/root.mjs";

const EXCEPTIONS = /(\.test\.tsx?|\.d\.ts)$|(^|\/)testing\//;

/** Files of lib/server that the build would accept in the browser's bundle. */
function filesWithoutServerOnly(root) {
  const server = join(root, "lib/server");
  return readdirSync(server, { recursive: true })
    .filter((file) => /\.tsx?$/.test(file) && !EXCEPTIONS.test(file))
    .filter((file) => !readFileSync(join(server, file), "utf8").startsWith('import "server-only";\n'));
}

test("every file in lib/server imports server-only on its first line", () => {
  expect(filesWithoutServerOnly(ROOT)).toEqual([]);
});

test("a file that does not is found", () => {
  const root = mkdtempSync(join(tmpdir(), "rollcall-server-only-"));
  mkdirSync(join(root, "lib/server/db"), { recursive: true });
  writeFileSync(join(root, "lib/server/log.ts"), 'import "server-only";\n');
  writeFileSync(join(root, "lib/server/db/store.test.ts"), "export {};\n");
  writeFileSync(join(root, "lib/server/db/store.ts"), 'import { a } from "./a";\nimport "server-only";\n');
  expect(filesWithoutServerOnly(root)).toEqual([join("db", "store.ts")]);
  rmSync(root, { recursive: true });
});
