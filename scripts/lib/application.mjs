import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./children.mjs";
import { ROOT, fromRoot } from "./root.mjs";
import { during } from "./progress.mjs";
import { fail } from "./say.mjs";
import { sourceHash } from "./source-hash.mjs";

export const SERVER = fromRoot(".next/standalone/server.js");
const STAMP = ".next/standalone/build-of";

/** Replaces the real key during the build, so that a test can search the build for traces of the key. */
const CANARY = "canary-key-never-to-be-built-in";

/** Makes sure that there is a build of the current source for this Node. Ends everything if the build fails. */
export async function ensureBuild() {
  const problem = await buildIfNeeded();
  if (problem !== null) await fail(problem);
}

/** Returns what went wrong, or null. */
export async function buildIfNeeded() {
  return isBuilt() ? null : build();
}

/** Builds in any case. Returns what went wrong, or null. */
export async function build() {
  const name = buildName();
  let stage = "";
  const compile = () =>
    run(process.execPath, [fromRoot("node_modules/next/dist/bin/next"), "build"], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        CEREBRAS_MANAGEMENT_API_KEY: CANARY,
      },
      onLine: (line) => (stage = toStage(line) ?? stage),
    });
  const { code, output } = await during("Building Rollcall", compile, () => stage);
  if (code !== 0) return `The build failed:\n${output}`;
  completeStandalone(ROOT);
  writeFileSync(fromRoot(STAMP), name);
  return null;
}

/** What Next is doing, from a line of its output; undefined for any other line. */
function toStage(line) {
  const pages = /Generating static pages.*\((\d+)\/(\d+)\)/.exec(line);
  if (pages !== null) return `${pages[1]} of ${pages[2]} pages`;
  const stages = { "Creating an optimized": "compiling", "Collecting page data": "reading the pages" };
  const found = Object.keys(stages).find((beginning) => line.includes(beginning));
  return found === undefined ? undefined : stages[found];
}

/**
 * Next leaves the assets out of its standalone output, and copies .env files, with the key, into it. Its messages at
 * the start move to standard error: standard output is for the log, one JSON line per event.
 */
export function completeStandalone(root) {
  const standalone = join(root, ".next/standalone");
  cpSync(join(root, ".next/static"), join(standalone, ".next/static"), { recursive: true });
  if (existsSync(join(root, "public")))
    cpSync(join(root, "public"), join(standalone, "public"), { recursive: true });
  for (const name of readdirSync(standalone)) if (name.startsWith(".env")) rmSync(join(standalone, name));
  const server = join(standalone, "server.js");
  writeFileSync(server, `console.log = console.error;\n${readFileSync(server, "utf8")}`);
}

/** Whether there is a build of this very source for this Node. */
export function isBuilt() {
  const stamp = fromRoot(STAMP);
  return existsSync(SERVER) && existsSync(stamp) && readFileSync(stamp, "utf8") === buildName();
}

/** The build includes the compiled driver, which fits one system and one version of Node. */
function buildName() {
  return [sourceHash(), process.platform, process.arch, process.versions.modules].join(" ");
}
