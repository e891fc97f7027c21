import { z } from "zod";

import type { Rollcall } from "../e2e/support/rollcall";
import type { Simulator } from "../e2e/support/simulator";

import { firstWord, launch, watchWith, type Polls } from "./support/child";
import { currentRollout } from "./support/current-rollout";
import { pause, until } from "./support/pause";
import { residentMemory } from "./support/process-cost";
import { besideSimulator, onPostgres, onStage, processOf } from "./support/stage";
import { quantile } from "./support/statistics";
import type { Row } from "./support/table";

const audiences = [200, 1_000];
const cadence = 2_000;
/** Calls for one endpoint; the listing has a separate interval. */
const statusPath = "/management/v1/endpoints/";

const settings = {
  ROLLCALL_POLL_ACTIVE_SECONDS: String(cadence / 1_000),
  ROLLCALL_POLL_IDLE_SECONDS: String(cadence / 1_000),
};
const endpointPath = "/api/v1/endpoints/acme-qwen-3-32b";

type Watched = Polls & { calls: number; tooSoon: number; memory: number };

/** Upstream calls with one viewer, two hundred and a thousand, who all follow the schedule from the server. */
export async function measureFanOut(isShort: boolean): Promise<Row[]> {
  return onStage({ scenario: "stuck", settings }, ({ simulator, rollcall }) =>
    watchServers(simulator, [rollcall], isShort),
  );
}

/** The same viewers in turn at each of three instances that share a PostgreSQL; memory is that of the largest. */
export async function measureFanOutOfThree(isShort: boolean): Promise<Row[]> {
  return onPostgres(async (postgres) => {
    const shared = { ...settings, DATABASE_URL: await postgres.createDatabase() };
    return onStage({ scenario: "stuck", settings: shared }, ({ simulator, rollcall }) =>
      besideSimulator(simulator, shared, (second) =>
        besideSimulator(simulator, shared, (third) =>
          watchServers(simulator, [rollcall, second, third], isShort),
        ),
      ),
    );
  });
}

async function watchServers(
  simulator: Simulator,
  servers: readonly Rollcall[],
  isShort: boolean,
): Promise<Row[]> {
  const seconds = isShort ? 10 : 60;
  const urls = servers.map(({ url }) => `${url}${endpointPath}`);
  const pids = servers.map(processOf);
  for (const url of urls) await currentRollout(url);
  await pause(cadence);
  const idleMemory = await largestMemory(pids);
  const watch = async (viewers: number): Promise<Watched> => {
    const began = await betweenPolls(simulator);
    const polling = watchWith(urls.join(" "), { viewers, seconds });
    const [memory] = await Promise.all([mostMemory(pids, began + seconds * 1_000), polling]);
    const asked = (await simulator.requests(began)).filter(({ rawPath }) => rawPath.startsWith(statusPath));
    const within = asked.map(({ at }) => at).filter((at) => at < began + seconds * 1_000);
    const tooSoon = within.filter((at, nth) => at - (within[nth - 1] ?? -Infinity) < 0.9 * cadence);
    return { ...(await polling), calls: within.length, tooSoon: tooSoon.length, memory };
  };
  const alone = await watch(1);
  const rows: Row[] = [
    { what: `upstream calls in ${seconds} s, 1 viewer`, figure: alone.calls, unit: "" },
    { what: "server memory, idle", figure: idleMemory, unit: "MB", limit: 200, peers },
  ];
  for (const viewers of audiences) rows.push(...toRows(viewers, await watch(viewers), alone));
  for (const viewers of audiences) rows.push(...(await watchBare(viewers, seconds)));
  return rows;
}

/** What the same viewers wait for bare node:http, which spreads them over a quarter of the interval, as Rollcall does. */
async function watchBare(viewers: number, seconds: number): Promise<Row[]> {
  const bare = launch("bare-poll.ts", '"1"', cadence, Math.min(viewers, cadence / 4));
  const { url } = z.object({ url: z.string() }).parse(await firstWord(bare));
  try {
    const { latencies } = await watchWith(url, { viewers, seconds });
    const of = `${viewers} viewers of bare node:http`;
    return [
      { what: `${of}: a poll, p50`, figure: quantile(latencies, 0.5), unit: "ms" },
      { what: `${of}: a poll, p99`, figure: quantile(latencies, 0.99), unit: "ms" },
    ];
  } finally {
    bare.disconnect();
  }
}

const peers = "idle → loaded: bare 48 → 46, Prometheus 69 → 71, Uptime Kuma 155 → 275, openstatus 424 → 522";

function toRows(viewers: number, watched: Watched, alone: Watched): Row[] {
  const { latencies, statuses, calls, tooSoon, memory } = watched;
  const of = `${viewers} viewers`;
  const unanswered = statuses.filter((status) => status !== 200 && status !== 304).length;
  return [
    {
      what: `${of}: more upstream calls than with one`,
      figure: Math.abs(calls - alone.calls),
      unit: "",
      limit: 0,
    },
    { what: `${of}: of them earlier than an interval`, figure: tooSoon, unit: "", limit: 0 },
    { what: `${of}: polls`, figure: latencies.length, unit: "" },
    { what: `${of}: with another status than 200 and 304`, figure: unanswered, unit: "", limit: 0 },
    { what: `${of}: a poll, p50`, figure: quantile(latencies, 0.5), unit: "ms" },
    { what: `${of}: a poll, p99`, figure: quantile(latencies, 0.99), unit: "ms", limit: 50 },
    { what: `${of}: server memory`, figure: memory, unit: "MB", limit: 300 },
  ];
}

/** Half an interval after a poll, so that no poll falls on the edge of a window; epoch ms. */
async function betweenPolls(simulator: Simulator): Promise<number> {
  const count = async () => (await simulator.countRequests(statusPath)).total;
  const before = await count();
  await until(async () => (await count()) > before);
  await pause(cadence / 2);
  return Date.now();
}

async function mostMemory(pids: readonly number[], end: number): Promise<number> {
  let most = 0;
  while (Date.now() < end) {
    most = Math.max(most, await largestMemory(pids));
    await pause(250);
  }
  return most;
}

async function largestMemory(pids: readonly number[]): Promise<number> {
  return Math.max(...(await Promise.all(pids.map(residentMemory))));
}
