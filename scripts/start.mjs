import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { SERVER, ensureBuild } from "./lib/application.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fromRoot } from "./lib/root.mjs";

const stopListening = endWhenInterrupted();
await ensurePackages();
await ensureBuild();
stopListening();

const { env } = process;
// A container's HOSTNAME is its name, not a wish about where to listen.
if (env.HOSTNAME === hostname()) delete env.HOSTNAME;
if (existsSync(fromRoot(".env"))) process.loadEnvFile(fromRoot(".env"));
env.PORT ||= "3000";
env.HOSTNAME ||= "127.0.0.1";
// Longer than any wait between two polls, so that a viewer keeps its connection.
env.KEEP_ALIVE_TIMEOUT ||= "75000";

// The built server changes into its own directory, which the next build replaces; paths are meant from here.
env.DATABASE_URL ||= "file:./data/rollcall.db";
env.DATABASE_URL = env.DATABASE_URL.replace(/^file:(?!\/)(.*)$/, (_, path) => `file:${fromRoot(path)}`);
for (const name of ["ROLLCALL_CONFIG", "CEREBRAS_MANAGEMENT_API_KEY_FILE"]) {
  if (env[name] && !isAbsolute(env[name])) env[name] = fromRoot(env[name]);
}

// In this very process: signals reach the server, and its exit code is ours.
await import(pathToFileURL(SERVER).href);
