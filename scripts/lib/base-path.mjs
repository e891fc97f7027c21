import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { fromRoot } from "./root.mjs";

/**
 * The path under which Rollcall is to be served, such as `/rollcall`; empty at the root of a host. It is
 * ROLLCALL_BASE_PATH, or else the path in ROLLCALL_URL, from the environment or `.env`. Empty also for a path that cannot
 * be served: the start then says why.
 */
export function readBasePath(env = process.env, file = fromRoot(".env")) {
  const given = { ...(existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {}), ...env };
  const path = given.ROLLCALL_BASE_PATH ?? pathOf(given.ROLLCALL_URL ?? "");
  const trimmed = path.replace(/\/+$/, "");
  return /^(?:\/[\w.~-]+)*$/.test(trimmed) ? trimmed : "";
}

function pathOf(url) {
  return URL.canParse(url) ? new URL(url).pathname : "";
}
