import { spawn } from "node:child_process";

/**
 * Runs one command in a process group of its own and ends the whole group when whoever started this
 * goes away: the other end of standard input closes with its owner, however that owner died.
 *
 *   node leash.mjs <command> [arguments…]
 */
const GRACE_MS = 2_000;
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ["ignore", "inherit", "inherit"] });

function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is empty already.
  }
}

function end() {
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), GRACE_MS).unref();
}

process.stdin.on("end", end).on("error", end).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);

child.on("error", (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(127);
});
child.on("exit", (code, signal) => {
  // What the command itself has started and not ended.
  signalGroup("SIGKILL");
  process.exit(code ?? (signal === "SIGKILL" ? 137 : 143));
});
