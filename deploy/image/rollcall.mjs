#!/usr/bin/env node
/*
 * The one program of an assembled Rollcall (scripts/image.mjs): `rollcall.mjs start`, and every other command. It needs
 * no shell and writes nothing beside itself.
 */
import { readOwnSettings } from "./scripts/lib/own-settings.mjs";
import { describeVersion } from "./scripts/lib/version.mjs";

const [command = "start", ...rest] = process.argv.slice(2);
const isHelp = rest.some((word) => ["-h", "--help"].includes(word));
process.env.INIT_CWD ??= process.cwd();
// Everything that reaches the container's port, or the service's; a proxy or a firewall decides who that is.
readOwnSettings(process.env, { host: "0.0.0.0" });

if (["-V", "--version"].includes(command)) console.log(await describeVersion());
else if (isHelp) await import("./cli/main.mjs");
else await run();

async function run() {
  switch (command) {
    case "start":
      return start();
    case "healthcheck":
      return checkHealth();
    case "doctor":
      process.argv.splice(2, 1);
      return import("./cli/doctor.mjs");
    case "wait":
      process.argv.splice(2, 1);
      return import("./public/cli/wait.mjs");
    default:
      return import("./cli/main.mjs");
  }
}

async function start() {
  endBeforeTheServerListens();
  // Longer than any wait between two polls of a viewer, so that its connection stays open.
  process.env.KEEP_ALIVE_TIMEOUT ||= "75000";
  process.env.NODE_ENV = "production";
  await import("./server.js");
}

/** As process 1 it would ignore a signal without a handler. The server brings its own. */
function endBeforeTheServerListens() {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ]) {
    process.once(signal, () => {
      if (process.listenerCount(signal) === 0) process.exit(code);
    });
  }
}

/** Ends with 0 if the server of this container answers. */
async function checkHealth() {
  const url = `http://127.0.0.1:${process.env.PORT}/livez`;
  const isAlive = await fetch(url, {
    headers: { Host: "localhost" },
    signal: AbortSignal.timeout(4_000),
  }).then(
    ({ ok }) => ok,
    () => false,
  );
  process.exitCode = isAlive ? 0 : 1;
}
