import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { fromRoot } from "./lib/root.mjs";

/** A command that starts a stubborn program, which starts another one and then waits. */
const STUBBORN = `
  process.on("SIGTERM", () => {});
  if (process.argv[2] === "grandchild") setInterval(() => {}, 1_000);
  else {
    const { spawn } = await import("node:child_process");
    const child = spawn(process.execPath, [process.argv[1], "grandchild"]);
    process.on("SIGTERM", () => process.exit(0));
    console.log(process.pid, child.pid);
    setInterval(() => {}, 1_000);
  }`;
const command = (stubborn) => `
  import { launch } from ${JSON.stringify(pathToFileURL(fromRoot("scripts/lib/children.mjs")).href)};
  import { endWhenInterrupted } from ${JSON.stringify(pathToFileURL(fromRoot("scripts/lib/interruption.mjs")).href)};
  endWhenInterrupted();
  launch(process.execPath, [${JSON.stringify(stubborn)}]);`;

let directory;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "rollcall processes-"));
  writeFileSync(join(directory, "stubborn.mjs"), STUBBORN);
  writeFileSync(join(directory, "command.mjs"), command(join(directory, "stubborn.mjs")));
});

afterAll(() => rmSync(directory, { recursive: true }));

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
  ["SIGKILL", null],
])("after %s no process is left, including grandchildren", async (signal, expectedCode) => {
  const ours = spawn(process.execPath, [join(directory, "command.mjs")]);
  const [pids] = await once(ours.stdout.setEncoding("utf8"), "data");
  const family = pids.trim().split(" ").map(Number);
  expect(family.map(isRunning)).toEqual([true, true]);

  ours.kill(signal);
  const [code] = await once(ours, "exit");
  expect(code).toBe(expectedCode);
  await vi.waitFor(() => expect(family.map(isRunning)).toEqual([false, false]));
});

/** A zombie, which a container without an init may keep, has ended. */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, "utf8"));
  } catch {
    return false;
  }
}
