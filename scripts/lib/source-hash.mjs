import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "./root.mjs";

/** The sources of the built application, without tests, their helpers and the simulator. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const NOT_BUILT = [/^lib\/simulator\//, /\/testing\//, /\.test\.tsx?$/];

/** Sixteen hexadecimal digits: equal for equal sources. */
export function sourceHash(root = ROOT) {
  const hash = createHash("sha256");
  for (const file of sourceFiles(root)) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 16);
}

function sourceFiles(root) {
  return SOURCES.map((source) => join(root, source))
    .filter((path) => existsSync(path))
    .flatMap((path) => filesUnder(path))
    .map((path) => relative(root, path).replaceAll("\\", "/"))
    .filter((file) => !NOT_BUILT.some((pattern) => pattern.test(file)))
    .sort();
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}
