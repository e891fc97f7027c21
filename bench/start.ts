import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Program, foreignEnvironment } from "../e2e/support/program";
import { besides, type Settings } from "../e2e/support/rollcall";
import { Simulator } from "../e2e/support/simulator";

import { serveBare } from "./support/bare-server";
import { askForCurrent } from "./support/current-rollout";
import { until } from "./support/pause";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const endpoint = "acme-qwen-3-32b";

/** From launch to `/livez` and to a page; for the demo, to a moving rollout. */
export async function measureStart(isShort: boolean): Promise<Row[]> {
  const runs = isShort ? 1 : 5;
  const starts = await timeStarts(runs);
  const demos: number[] = [];
  for (let nth = 0; nth < runs; nth += 1) demos.push(await timeDemo());
  return [
    {
      what: `npm start to /livez, median of ${runs}`,
      figure: median(starts.map(({ alive }) => alive)),
      unit: "ms",
      limit: 3_000,
    },
    {
      what: "from there to a page",
      figure: median(starts.map(({ page }) => page)),
      unit: "ms",
      limit: 1_000,
    },
    {
      what: "npm run demo, built, to the second count of a rollout",
      figure: median(demos),
      unit: "ms",
      limit: 15_000,
    },
  ];
}

type Start = { alive: number; page: number };

async function timeStarts(runs: number): Promise<Start[]> {
  const simulator = await Simulator.start({ scenario: "smooth" });
  const starts: Start[] = [];
  try {
    for (let nth = 0; nth < runs; nth += 1) starts.push(await timeStart(simulator));
  } finally {
    await simulator.stop();
  }
  return starts;
}

async function timeStart(simulator: Simulator): Promise<Start> {
  const directory = await mkdtemp(join(tmpdir(), "rollcall-bench-"));
  const settings = {
    ...besides(simulator),
    ROLLCALL_ACCESS: "open",
    DATABASE_URL: `file:${join(directory, "rollcall.db")}`,
  };
  try {
    return await withCommand("start", settings, async (url) => {
      const launched = performance.now();
      await until(() => answers(`${url}/livez`));
      const alive = performance.now();
      await until(() => answers(`${url}/endpoints/${endpoint}`));
      return { alive: alive - launched, page: performance.now() - alive };
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

function timeDemo(): Promise<number> {
  return withCommand("demo", {}, async (url) => {
    const launched = performance.now();
    const counts = new Set<number | null>();
    await until(async () => {
      const reported = await askForCurrent(`${url}/api/v1/endpoints/${endpoint}`);
      if (reported !== null) counts.add(reported.updatedReplicas);
      return counts.size > 1;
    }, 60_000);
    return performance.now() - launched;
  });
}

/** Runs one of npm's commands, as a person would, while `measure` runs. */
async function withCommand<T>(
  name: string,
  settings: Settings,
  measure: (url: string) => Promise<T>,
): Promise<T> {
  const npm = process.env["npm_execpath"];
  if (npm === undefined) throw new Error("Run this with npm run bench.");
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const program = new Program([npm, "run", name], {
    ...foreignEnvironment(),
    ...settings,
    PORT: String(port),
    ROLLCALL_URL: url,
  });
  try {
    return await measure(url);
  } catch (error) {
    throw new Error(`npm run ${name} printed:\n${program.stdout}${program.stderr}`, { cause: error });
  } finally {
    await program.kill("SIGINT");
    // npm may end before the processes that it started.
    await until(async () => !(await answers(`${url}/livez`)));
  }
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
