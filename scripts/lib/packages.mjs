import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { run } from "./children.mjs";
import { ROOT, fromRoot } from "./root.mjs";
import { during } from "./progress.mjs";
import { fail } from "./say.mjs";

const LOG = fromRoot(".cache/install.log");
const NO_DRIVER =
  "The database driver (better-sqlite3) could not be downloaded or compiled here. " +
  "Install a compiler and run this again; on Debian and Ubuntu: apt-get install g++ make python3";

/** Whether the packages in package-lock.json are installed with a driver that this Node can load. */
export function hasPackages() {
  return matchesLock() && isDriverUsable();
}

/** Installs the packages in package-lock.json, unless exactly these are installed with a driver that this Node can load. */
export async function ensurePackages() {
  if (!matchesLock()) {
    // The build needs the development packages, even if NODE_ENV is production.
    const install = () => npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
    await during("Installing packages, once", install, countUnpacked);
  }
  if (!isDriverUsable()) {
    const compile = () => npm(["rebuild", "better-sqlite3", "--loglevel=error"]);
    await during("Compiling the database driver for this version of Node, once", compile);
    if (!isDriverUsable()) await fail(NO_DRIVER);
  }
}

/** How many packages are unpacked. Optional ones, which depend on the system, do not count. npm prints nothing itself. */
function countUnpacked() {
  const wanted = Object.entries(readPackages(fromRoot("package-lock.json")))
    .filter(([path, { optional, link }]) => path !== "" && !optional && !link)
    .map(([path]) => path);
  const unpacked = wanted.filter((path) => existsSync(fromRoot(join(path, "package.json"))));
  return unpacked.length < wanted.length ? `${unpacked.length} of ${wanted.length} unpacked` : "finishing";
}

async function npm(args) {
  const { code, output } = await run("npm", args, { env: { ...process.env, ...headers() } });
  mkdirSync(fromRoot(".cache"), { recursive: true });
  writeFileSync(LOG, output);
  if (code === 0) return;
  if (/better-sqlite3|node-gyp/.test(output)) await fail(`${NO_DRIVER}\n(npm's output is in ${LOG})`);
  await fail(`npm ${args[0]} failed:\n${output}`);
}

/** Most installations of Node include its headers; compiling with those needs no download. */
function headers() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, "include/node/node_api.h")) ? { npm_config_nodedir: prefix } : {};
}

/** Compares npm's record of installed packages with the lockfile. */
function matchesLock() {
  const installed = readPackages(fromRoot("node_modules/.package-lock.json"));
  const wanted = readPackages(fromRoot("package-lock.json"));
  const isThere = ([path, { version, optional, link }]) =>
    path === "" || link || (installed[path] === undefined ? optional : installed[path].version === version);
  return Object.entries(wanted).every(isThere) && Object.keys(installed).every((path) => path in wanted);
}

function readPackages(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, "utf8")).packages : {};
}

function isDriverUsable() {
  try {
    const Database = createRequire(`${ROOT}/`)("better-sqlite3");
    new Database(":memory:").close();
    return true;
  } catch {
    return false;
  }
}
