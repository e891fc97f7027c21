import { createInterface } from "node:readline";
import { freePort } from "./lib/free-port.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { Postgres } from "./lib/postgres.mjs";
import { say } from "./lib/say.mjs";

/**
 * A PostgreSQL for experiments. Prints its address, takes "stop", "crash" and "start" on standard input, prints
 * "done" after each, and ends and removes its folder when standard input closes.
 */
const FIRST_PORT = 55_000 + (process.pid % 900) * 10;

await ensurePackages();
const postgres = Postgres.make(await freePort(FIRST_PORT));

let isLeaving = false;
async function leave() {
  if (isLeaving) return;
  isLeaving = true;
  await postgres.remove();
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void leave());

const commands = {
  start: () => postgres.start(),
  stop: () => postgres.stop(),
  crash: () => postgres.stop("SIGQUIT"),
};
await postgres.start();
say(postgres.url);
for await (const line of createInterface({ input: process.stdin })) {
  await commands[line]?.();
  say("done");
}
await leave();
