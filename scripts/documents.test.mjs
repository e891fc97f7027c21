import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, fromRoot } from "./lib/root.mjs";

const documents = execFileSync("git", ["ls-files", "*.md"], { cwd: ROOT, encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(fromRoot(file)));

/** Links to files of the project, relative to it. */
function linksIn(document, text) {
  return [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)]
    .map(([, link, image]) => link ?? image)
    .filter((target) => !/^[a-z]+:|^#/.test(target))
    .map((target) => join(dirname(document), target.split("#")[0]));
}

/** Paths of the project in code spans, such as `lib/domain/series`; the ending may be left out. */
function pathsIn(text) {
  return [...text.matchAll(/`((?:app|bench|components|deploy|docs|e2e|lib|scripts)\/[\w./[\]-]*)`/g)].map(
    ([, path]) => path,
  );
}

/** Identifiers in code spans on a line that links to source files, with those files: `name` in [file](path). */
function namesIn(document, text) {
  return text.split("\n").flatMap((line) => {
    const files = linksIn(document, line).filter((file) => /\.tsx?$/.test(file));
    const names = [...line.matchAll(/`([a-z]+[A-Z]\w*|[A-Z][a-z]\w*)`/g)].map(([, name]) => name);
    return files.length === 0 ? [] : names.map((name) => ({ name, files }));
  });
}

const exists = (path) => ["", ".ts", ".tsx", ".mjs"].some((ending) => existsSync(fromRoot(path + ending)));
const isFile = (path) => existsSync(fromRoot(path)) && statSync(fromRoot(path)).isFile();

test.each(documents)("%s names files that exist", (document) => {
  const text = readFileSync(fromRoot(document), "utf8");
  const missing = [...linksIn(document, text), ...pathsIn(text)].filter((path) => !exists(path));
  expect(missing).toEqual([]);
});

test("CONTRIBUTING.md names functions and types that are in the files beside them", () => {
  const names = namesIn("CONTRIBUTING.md", readFileSync(fromRoot("CONTRIBUTING.md"), "utf8"));
  expect(names.length).toBeGreaterThan(30);
  const missing = names.filter(
    ({ name, files }) =>
      !files.some(
        (file) => isFile(file) && new RegExp(`\\b${name}\\b`).test(readFileSync(fromRoot(file), "utf8")),
      ),
  );
  expect(missing.map(({ name, files }) => `${name} in ${files.join(" or ")}`)).toEqual([]);
});

test("docs/settings.md has every environment variable that the server reads", () => {
  const source = readFileSync(fromRoot("lib/server/config/environment.ts"), "utf8");
  const names = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(25);
  const settings = readFileSync(fromRoot("docs/settings.md"), "utf8");
  // `ROLLCALL_OIDC_ISSUER`, `…_CLIENT_ID`: a name may begin as the one before it.
  const endings = [...settings.matchAll(/`…(_[A-Z_]+)`/g)].map(([, ending]) => ending);
  const isThere = (name) =>
    settings.includes(`\`${name}\``) || endings.some((ending) => name.endsWith(ending));
  expect(names.filter((name) => !isThere(name))).toEqual([]);
});
