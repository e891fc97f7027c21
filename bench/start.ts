import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Program, foreignEnvironment } from "../e2e/support/program";
import { Simulator } from "../e2e/support/simulator";

import { serveBare } from "./support/bare-server";
import { until } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

/** From launch to `/livez`, to a page, and of the demonstration to a rollout that moves. */
export async function measureStart(isShort: boolean): Promise<Row[]> {
  const runs = isShort ? 1 : 5;
  const simulator = await Simulator.start({ scenario: "smooth" });
  const starts = [];
  for (let nth = 0; nth < runs; nth += 1) starts.push(await timeStart(simulator));
  await simulator.stop();
  const demos = [];
  for (let nth = 0; nth < (isShort ? 1 : 3); nth += 1) demos.push(await timeDemo());
  return [
    {
      what: `npm start to /livez, median of ${runs}`,
      figure: median(starts.map(({ alive }) => alive)),
      unit: "ms",
      limit: 3_000,
    },
    {
      what: `from there to a page, median of ${runs}`,
      figure: median(starts.map(({ page }) => page)),
      unit: "ms",
      limit: 1_000,
    },
    {
      what: "npm run demo to a rollout that moved, median",
      figure: median(demos),
      unit: "ms",
      limit: 15_000,
    },
  ];
}

async function timeStart(simulator: Simulator): Promise<{ alive: number; page: number }> {
  const directory = await mkdtemp(join(tmpdir(), "rollcall-bench-"));
  const port = await freePort();
  const launched = performance.now();
  const program = new Program(["scripts/start.mjs"], {
    ...foreignEnvironment(),
    PORT: String(port),
    ROLLCALL_ACCESS: "open",
    CEREBRAS_MANAGEMENT_API_KEY: simulator.key,
    CEREBRAS_API_URL: simulator.upstream,
    CEREBRAS_ORG: "acme",
    DATABASE_URL: `file:${join(directory, "rollcall.db")}`,
  });
  await until(() => answers(`http://localhost:${port}/livez`));
  const alive = performance.now() - launched;
  await until(() => answers(`http://localhost:${port}/endpoints/acme-qwen-3-32b`));
  const page = performance.now() - launched - alive;
  await program.kill();
  await rm(directory, { recursive: true });
  return { alive, page };
}

async function timeDemo(): Promise<number> {
  const port = await freePort();
  const launched = performance.now();
  const program = new Program(["scripts/demo.mjs"], { ...foreignEnvironment(), PORT: String(port) });
  const counts = new Set<string>();
  await until(async () => {
    const response = await fetch(`http://localhost:${port}/api/v1/endpoints/acme-qwen-3-32b`).catch(
      () => null,
    );
    if (response?.ok !== true) return false;
    counts.add(/"updatedReplicas":\d+/.exec(await response.text())?.[0] ?? "");
    counts.delete("");
    return counts.size > 1;
  }, 60_000);
  const moved = performance.now() - launched;
  await program.kill("SIGINT");
  return moved;
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => null);
  await response?.arrayBuffer();
  return response?.ok === true;
}

async function freePort(): Promise<number> {
  const server = await serveBare((_, response) => response.end());
  await server.close();
  return Number(new URL(server.url).port);
}
