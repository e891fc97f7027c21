import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { isAbsolute } from "node:path";
import { fromRoot } from "./root.mjs";

/** Completes this process's environment as Rollcall is to read it: `.env`, what is not said, paths from here. */
export function readOwnSettings(env = process.env) {
  // A container's HOSTNAME is its name, not a wish about where to listen.
  if (env.HOSTNAME === hostname()) delete env.HOSTNAME;
  if (existsSync(fromRoot(".env"))) process.loadEnvFile(fromRoot(".env"));
  env.PORT ||= "3000";
  env.HOSTNAME ||= "127.0.0.1";

  // The built server changes into its own directory, which the next build replaces; paths are meant from here.
  env.DATABASE_URL ||= "file:./data/rollcall.db";
  env.DATABASE_URL = env.DATABASE_URL.replace(/^file:(?!\/)(.+)$/, (_, path) => `file:${fromRoot(path)}`);
  const files = Object.keys(env).filter((name) => /^(CEREBRAS|ROLLCALL)_.*_FILE$/.test(name));
  for (const name of ["ROLLCALL_CONFIG", ...files]) {
    if (env[name] && !isAbsolute(env[name])) env[name] = fromRoot(env[name]);
  }
}
