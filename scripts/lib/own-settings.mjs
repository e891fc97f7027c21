import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { isAbsolute } from "node:path";
import { parseEnv } from "node:util";
import { readBasePath } from "./base-path.mjs";
import { fromRoot } from "./root.mjs";

/**
 * Completes this process's environment for Rollcall: `.env`, defaults, and absolute paths. `host` is where it listens
 * by default.
 */
export function readOwnSettings(env = process.env, { host = "127.0.0.1" } = {}) {
  // In a container, HOSTNAME is the container's name, not the address to listen on.
  if (env.HOSTNAME === hostname()) delete env.HOSTNAME;
  const file = fromRoot(".env");
  if (existsSync(file)) addFile(env, readFileSync(file, "utf8")).forEach((warning) => console.error(warning));
  // The source, which runs without a build, needs it (lib/contract/base-path.ts); a build has its own.
  env.ROLLCALL_BASE_PATH = readBasePath(env);
  env.PORT ||= "3000";
  env.HOSTNAME ||= host;

  // The built server changes into its own directory, which the next build replaces, so relative paths start here.
  env.DATABASE_URL ||= "file:./data/rollcall.db";
  env.DATABASE_URL = env.DATABASE_URL.replace(/^file:(?!\/)(.+)$/, (_, path) => `file:${fromRoot(path)}`);
  const files = Object.keys(env).filter((name) => /^(CEREBRAS|ROLLCALL)_.*_FILE$/.test(name));
  for (const name of ["ROLLCALL_CONFIG", ...files]) {
    if (env[name] && !isAbsolute(env[name])) env[name] = fromRoot(env[name]);
  }
}

/** Node reads these before it runs our code, so a settings file is too late for them. */
const TOO_LATE = ["NODE_EXTRA_CA_CERTS", "NODE_OPTIONS"];

/**
 * Adds the text of a `.env` file to an environment; existing variables win. Returns a warning for each setting that
 * has no effect there.
 */
export function addFile(env, text) {
  const warnings = [];
  // Editors on Windows may start a file with a byte order mark, which would become part of the first name.
  for (const [name, value] of Object.entries(parseEnv(text.replace(/^\uFEFF/, "")))) {
    if (env[name] !== undefined) continue;
    if (TOO_LATE.includes(name))
      warnings.push(
        `${name} in .env has no effect: Node reads it before .env is read. Set it in the environment, such as: ${name}=${value} npm start`,
      );
    else env[name] = value;
  }
  return warnings;
}
