import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { findRetiredWords } from "./lib/find-retired-words.mjs";
import { ROOT, fromRoot } from "./lib/root.mjs";

/** `node scripts/check-words.mjs [path…]`: prints each retired word in the project, or under these paths. */
const TEXTS = /\.(?:[cm]?[jt]sx?|css|md|ya?ml|conf|example|service|sh)$/;
/** The list itself, and its tests, which plant what it forbids. */
const LIST = ["scripts/lib/retired-words.mjs", "scripts/check-words.test.mjs"];

const paths = process.argv.slice(2);
const listed = execFileSync(
  "git",
  ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...paths],
  { cwd: ROOT, encoding: "utf8" },
);
const files = [...new Set(listed.split("\0"))].filter(
  (file) => TEXTS.test(file) && !LIST.includes(file) && existsSync(fromRoot(file)),
);

const lines = files.flatMap((file) =>
  findRetiredWords(file, readFileSync(fromRoot(file), "utf8")).map(
    ({ line, word, say }) => `${file}:${line}: ${word} → ${say}`,
  ),
);
lines.forEach((line) => console.log(line));
if (lines.length > 0) console.error(`${lines.length} retired words in ${files.length} files.`);
process.exitCode = lines.length > 0 ? 1 : 0;
