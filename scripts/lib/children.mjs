import { spawn } from "node:child_process";
import { ROOT, fromRoot } from "./root.mjs";

const SUPERVISOR = fromRoot("scripts/lib/supervisor.mjs");
const NEVER = new Promise(() => {});
const running = new Set();
let hasEnded = false;

/**
 * Starts a command that cannot outlive this process. `onLine` gets its output line by line; without it
 * the output goes where ours goes. Returns `ended` (its exit code) and `stop`.
 */
export function launch(command, args, { env = process.env, onLine } = {}) {
  if (hasEnded) return { ended: NEVER, stop: () => NEVER };
  const output = onLine === undefined ? "inherit" : "pipe";
  const supervisor = spawn(process.execPath, [SUPERVISOR, command, ...args], {
    cwd: ROOT,
    env,
    stdio: ["pipe", output, output],
  });
  supervisor.stdin.on("error", () => {});
  if (onLine !== undefined)
    for (const stream of [supervisor.stdout, supervisor.stderr]) eachLine(stream, onLine);

  const closed = new Promise((resolve) => supervisor.once("close", (code) => resolve(code ?? 1)));
  const child = { stop: () => (supervisor.stdin.end(), closed) };
  running.add(child);
  void closed.then(() => running.delete(child));
  // During the shutdown, the end of a child is expected: do not report it.
  return { ...child, ended: closed.then((code) => (hasEnded ? NEVER : code)) };
}

/** Runs a command to its end without printing its output. `onLine` gets it line by line, too. */
export async function run(command, args, options = {}) {
  const lines = [];
  const onLine = (line) => (lines.push(line), options.onLine?.(line));
  const code = await launch(command, args, { ...options, onLine }).ended;
  return { code, output: lines.join("\n") };
}

/** Whether everything is being ended. */
export function isEnding() {
  return hasEnded;
}

/** Ends all children, then this process. */
export async function end(exitCode) {
  if (hasEnded) return NEVER;
  hasEnded = true;
  await Promise.all([...running].map((child) => child.stop()));
  process.exit(exitCode);
}

function eachLine(stream, onLine) {
  let rest = "";
  stream.setEncoding("utf8").on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    lines.forEach((line) => onLine(line));
  });
  stream.on("end", () => rest !== "" && onLine(rest));
}
