import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { tmpdir } from "node:os";
import { run } from "./children.mjs";
import { ROOT, fromRoot } from "./root.mjs";
import { fail, say } from "./say.mjs";

/** The headless shell, which draws no window, takes a seventh less time than a whole browser. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
/** Older systems have no headless shell. */
const DEBIAN = ["chromium-headless-shell", "chromium"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const NONE =
  "No browser for the end-to-end tests: none was found, and neither apt-get nor Playwright could install one. " +
  "Install Chromium and run this again, or name one in ROLLCALL_CHROMIUM.";
const isRoot = process.getuid?.() === 0;

/**
 * Finds a Chromium that works here, or installs one. Returns the environment variables that point Playwright
 * to it.
 */
export async function ensureBrowser() {
  const named = process.env.ROLLCALL_CHROMIUM;
  if (named)
    return (await firstUsable([named])) ?? fail(`ROLLCALL_CHROMIUM names ${named}, which does not run.`);
  const found = await firstUsable([...candidates(), playwrightsOwn()]);
  if (found !== undefined) return found;
  for (const install of [...DEBIAN.map((name) => () => installDebian(name)), installPlaywrights]) {
    if (!(await install())) continue;
    const installed = await firstUsable([...candidates(), playwrightsOwn()]);
    if (installed !== undefined) return installed;
  }
  return fail(NONE);
}

function candidates() {
  return [...onPath(NAMES), MAC];
}

/** The programs with these names that are installed, in this order. */
export function onPath(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
}

function playwrightsOwn() {
  return createRequire(`${ROOT}/`)("playwright").chromium.executablePath();
}

/** The first that can open a page, with its sandbox if the system allows one. */
async function firstUsable(paths) {
  for (const path of new Set(paths.filter(isExecutable))) {
    for (const sandbox of isRoot ? [false] : [true, false]) {
      if (await opensPage(path, sandbox)) {
        return { ROLLCALL_CHROMIUM: path, ROLLCALL_CHROMIUM_SANDBOX: sandbox ? "on" : "off" };
      }
    }
  }
  return undefined;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function opensPage(path, sandbox) {
  const profile = mkdtempSync(join(tmpdir(), "rollcall-browser-"));
  const flags = ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  const { output } = await run(path, [
    ...flags,
    ...(sandbox ? [] : ["--no-sandbox"]),
    ...[`--user-data-dir=${profile}`, "--timeout=20000", "--dump-dom", "data:text/html,<p>present"],
  ]);
  rmSync(profile, { recursive: true, force: true });
  return output.includes("present");
}

/** A package of Debian, if this user can install it without a password. */
async function installDebian(name) {
  const sudo = isRoot ? [] : ["sudo", "-n"];
  const can = await run("sh", ["-c", `command -v apt-get && ${isRoot ? "true" : "sudo -n true"}`]);
  if (can.code !== 0) return false;
  say(`Installing ${name} with apt-get, once (about a minute) …`);
  const apt = async (...args) => {
    const [command, ...rest] = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
    return (await run(command, rest)).code === 0;
  };
  await apt("update");
  return apt("install", "-y", "--no-install-recommends", name, "chromium-sandbox", "fonts-liberation");
}

async function installPlaywrights() {
  say("Downloading Playwright's Chromium, once (a minute or two) …");
  const { code } = await run(process.execPath, [
    fromRoot("node_modules/playwright/cli.js"),
    "install",
    "chromium",
  ]);
  return code === 0;
}
