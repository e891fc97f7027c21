import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ROOT, fromRoot } from "./lib/root.mjs";
import { missingOptionals, tooOld } from "./lib/versions.mjs";

const { packages } = JSON.parse(readFileSync(fromRoot("package-lock.json"), "utf8"));
const Database = createRequire(`${ROOT}/`)("better-sqlite3");
const sqliteVersion = new Database(":memory:").prepare("select sqlite_version()").pluck().get();

const mistakes = [...tooOld(packages, sqliteVersion), ...missingOptionals(packages)];
mistakes.forEach((mistake) => console.error(mistake));
process.exitCode = mistakes.length > 0 ? 1 : 0;
