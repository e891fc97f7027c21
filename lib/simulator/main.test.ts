import { fileURLToPath } from "node:url";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { request } from "undici";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";

const ENTRY = fileURLToPath(new URL("main.ts", import.meta.url));
const announced = z.strictObject({
  upstream: z.url(),
  control: z.url(),
  key: z.string(),
  inferenceKey: z.string(),
  organizationId: z.string(),
});

type Running = { readonly child: ChildProcessWithoutNullStreams; readonly exited: Promise<number | null> };

let started: Running[] = [];

function start(...flags: string[]): Running {
  const child = spawn(process.execPath, ["--import", "tsx", ENTRY, ...flags]);
  const exited = once(child, "exit").then(([code]) => z.int().nullable().parse(code));
  started.push({ child, exited });
  return { child, exited };
}

afterEach(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await Promise.all(started.map(({ exited }) => exited));
  started = [];
});

async function startListening(...flags: string[]) {
  const running = start("--port", "0", "--control-port", "0", ...flags);
  const [line] = z.tuple([z.string()]).parse(await once(createInterface(running.child.stdout), "line"));
  return { ...running, ...announced.parse(JSON.parse(line)) };
}

it("announces itself in one JSON line, serves, and ends at once on SIGTERM even with a request hanging", async () => {
  const { child, exited, upstream, control, key } = await startListening(
    "--scenario",
    "steady",
    "--key",
    "k-1",
  );
  expect(key).toBe("k-1");
  await request(`${control}/faults`, { method: "POST", body: JSON.stringify({ kind: "hang" }) });
  const hanging = request(`${upstream}/x`).catch(() => "ended");
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  expect(await hanging).toBe("ended");
});

it("ends with its parent when asked to", async () => {
  const { child, exited } = await startListening("--exit-with-parent");
  child.stdin.end();
  expect(await exited).toBe(0);
});

it.each([
  [["--port", "notaport"], /--port/],
  [["--speed", "0"], /--speed/],
  [["--scenario", "nope"], /'nope'.*steady/],
  [["--nonsense"], /nonsense/],
])("refuses %o with exit code 2", async (flags, message) => {
  const { child, exited } = start("--port", "0", "--control-port", "0", ...flags);
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  expect(await exited).toBe(2);
  expect(errors).toMatch(message);
});
