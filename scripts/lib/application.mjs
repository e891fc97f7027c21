import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./children.mjs";
import { ROOT, fromRoot } from "./root.mjs";
import { during } from "./progress.mjs";
import { fail } from "./say.mjs";
import { shareChunks } from "./share-chunks.mjs";
import { sourceHash } from "./source-hash.mjs";

export const SERVER = fromRoot(".next/standalone/server.js");
const STAMP = ".next/standalone/build-of";

/** Replaces the real key during the build, so that a test can search the build for traces of the key. */
const CANARY = "canary-key-never-to-be-built-in";

/**
 * Makes sure that there is a build of the current source for this Node, served at `basePath`. Ends everything if the
 * build fails.
 */
export async function ensureBuild(basePath = "") {
  const problem = await buildIfNeeded(basePath);
  if (problem !== null) await fail(problem);
}

/** Returns what went wrong, or null. */
export async function buildIfNeeded(basePath = "") {
  return isBuilt(basePath) ? null : build(basePath);
}

/** Builds in any case. Returns what went wrong, or null. */
export async function build(basePath = "") {
  const name = buildName(basePath);
  let stage = "";
  const compile = () =>
    run(process.execPath, [fromRoot("node_modules/next/dist/bin/next"), "build"], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        ROLLCALL_BASE_PATH: basePath,
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
 * the start move to standard error: standard output is for the log, one JSON line per event. Chunks that it wrote several
 * times are kept once.
 */
export function completeStandalone(root) {
  const standalone = join(root, ".next/standalone");
  cpSync(join(root, ".next/static"), join(standalone, ".next/static"), { recursive: true });
  if (existsSync(join(root, "public")))
    cpSync(join(root, "public"), join(standalone, "public"), { recursive: true });
  for (const name of readdirSync(standalone)) if (name.startsWith(".env")) rmSync(join(standalone, name));
  shareChunks(join(standalone, ".next/server/chunks"));
  const server = join(standalone, "server.js");
  writeFileSync(server, `console.log = console.error;\n${readFileSync(server, "utf8")}`);
}

/** Whether there is a build of this very source for this Node and this base path. */
export function isBuilt(basePath = "") {
  const stamp = fromRoot(STAMP);
  return existsSync(SERVER) && existsSync(stamp) && readFileSync(stamp, "utf8") === buildName(basePath);
}

/** The build includes the compiled driver, which fits one system and one version of Node. */
function buildName(basePath) {
  const parts = [sourceHash(), process.platform, process.arch, process.versions.modules];
  return [...parts, ...(basePath === "" ? [] : [basePath])].join(" ");
}
