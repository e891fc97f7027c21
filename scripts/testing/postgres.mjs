import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fromRoot } from "../lib/root.mjs";

/** One PostgreSQL for all unit tests of a run; each test creates its own database on it. */
export default async function setup(project) {
  const postgres = spawn(process.execPath, [fromRoot("scripts/postgres.mjs")], {
    stdio: ["pipe", "pipe", "inherit"],
    // Not ended with the group of an interrupted run: it ends by itself and removes its folder.
    detached: true,
  });
  const lines = createInterface({ input: postgres.stdout });
  const [url] = await Promise.race([
    once(lines, "line"),
    once(postgres, "exit").then(() => Promise.reject(new Error("PostgreSQL could not be started."))),
  ]);
  project.provide("postgresUrl", url);
  return async () => {
    const exited = once(postgres, "exit");
    postgres.stdin.end();
    await exited;
  };
}
