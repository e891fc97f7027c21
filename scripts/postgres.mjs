import { createInterface } from "node:readline";
import { freePort } from "./lib/free-port.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { Postgres } from "./lib/postgres.mjs";
import { say } from "./lib/say.mjs";

/**
 * A PostgreSQL to try things on. Prints its address, takes "stop", "crash" and "start" on standard input,
 * answers each with "done", and is gone with its folder when that input ends.
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

const orders = {
  start: () => postgres.start(),
  stop: () => postgres.stop(),
  crash: () => postgres.stop("SIGQUIT"),
};
await postgres.start();
say(postgres.url);
for await (const line of createInterface({ input: process.stdin })) {
  await orders[line]?.();
  say("done");
}
await leave();
