import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { fromRoot } from "./root.mjs";

/** Packages with compiled parts or workers: the server's build has them in its node_modules. */
const EXTERNAL = ["better-sqlite3", "@node-rs/argon2", "pg", "pino"];

/** Next brings these for resizing pictures, which Rollcall does not do. */
const UNUSED = ["node_modules/sharp", "node_modules/@img", "build-of"];

const COPIED = {
  "deploy/image/rollcall.mjs": "rollcall.mjs",
  "scripts/lib/base-path.mjs": "scripts/lib/base-path.mjs",
  "scripts/lib/own-settings.mjs": "scripts/lib/own-settings.mjs",
  "scripts/lib/root.mjs": "scripts/lib/root.mjs",
  "scripts/lib/version.mjs": "scripts/lib/version.mjs",
  LICENSE: "LICENSE",
};

/**
 * Assembles everything that a server needs at run time, beside Node, from the build: the server, its packages, the
 * command line in one file each. `basePath` is that of the build. Replaces what is in `target`. Returns its size in bytes.
 */
export async function assembleImage(target, basePath = "") {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(fromRoot(".next/standalone"), target, { recursive: true, verbatimSymlinks: true });
  for (const path of UNUSED) rmSync(join(target, path), { recursive: true, force: true });
  for (const [from, to] of Object.entries(COPIED)) cpSync(fromRoot(from), join(target, to));
  await build({
    entryPoints: { main: fromRoot("lib/server/cli/main.ts"), doctor: fromRoot("lib/server/doctor/main.ts") },
    outdir: join(target, "cli"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["react-server"],
    tsconfig: fromRoot("tsconfig.json"),
    external: EXTERNAL,
    define: { "process.env.ROLLCALL_BASE_PATH": JSON.stringify(basePath) },
    // Bundled CommonJS packages call it.
    banner: {
      js: 'import { createRequire as toRequire } from "node:module"; const require = toRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  return sizeOf(target);
}

function sizeOf(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
