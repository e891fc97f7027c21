import { spawn } from "node:child_process";

/**
 * Runs one command in a separate process group, and ends the whole group when the process that started this
 * one ends: that closes standard input, even after a SIGKILL.
 *
 *   node supervisor.mjs <command> [arguments…]
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
  // Ends processes that the command left behind.
  signalGroup("SIGKILL");
  process.exit(code ?? (signal === "SIGKILL" ? 137 : 143));
});
