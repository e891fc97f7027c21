import { z } from "zod";

import type { Postgres } from "../e2e/support/postgres";
import { Rollcall } from "../e2e/support/rollcall";
import { Simulator } from "../e2e/support/simulator";

import { deploy, diagnose, type Killing } from "./support/acknowledged";
import { askForCurrent, type Reported } from "./support/current-rollout";
import { inspectPostgres } from "./support/history-postgres";
import { pause, until } from "./support/pause";
import { onPostgres } from "./support/stage";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const instances = 3;
/** The same as in lib/server/db/lease.ts. */
const leaseTime = 6_000;
const cadence = 1_000;
/** Two requests closer than this are less than an interval apart, even on a busy machine. */
const tooClose = 0.7 * cadence;

const leaseRow = z.object({ holder: z.string().nullable() });

/** Kills the leader of three instances again and again, while viewers poll all of them. */
export async function measureTakeovers(isShort: boolean): Promise<Row[]> {
  const kills = isShort ? 2 : 50;
  return onPostgres(async (postgres) => {
    const url = await postgres.createDatabase();
    const simulator = await Simulator.start({ scenario: "steady" });
    const servers: Rollcall[] = [];
    try {
      for (let nth = 0; nth < instances; nth += 1)
        servers.push(await Rollcall.start(simulator, { DATABASE_URL: url }));
      const since = Date.now();
      const killings: Killing[] = [];
      const asked: number[] = [];
      for (let nth = 0; nth < kills; nth += 1) {
        killings.push(await killHolder({ postgres, url, simulator, servers }, nth));
        asked.push(...(await timesOfRequests(simulator, (asked.at(-1) ?? since) + 1)));
      }
      const [first] = servers;
      const findings = [];
      for (const killing of killings)
        findings.push(await diagnose(`${first?.url ?? ""}/api/v1/endpoints/${endpointId}`, killing));
      const { repeated, integrity } = await inspectPostgres(postgres, url);
      const gaps = asked.slice(1).map((at, nth) => at - (asked[nth] ?? at));
      const sum = (figures: readonly number[]) => figures.reduce((all, one) => all + one, 0);
      const promise = (what: string, figure: number, limit: number, unit = ""): Row => ({
        ...{ what, figure, limit, unit },
      });
      return [
        { what: `kills of the leader of ${instances} instances`, figure: kills, unit: "" },
        { what: "requests for the endpoint", figure: asked.length, unit: "" },
        promise(
          "of them earlier than an interval (one per takeover)",
          gaps.filter((gap) => gap < tooClose).length,
          kills,
        ),
        promise("longest time without a request", Math.max(...gaps), 2 * leaseTime, "ms"),
        {
          what: "observations acknowledged to a client",
          figure: sum(killings.map(({ reported }) => reported.length)),
          unit: "",
        },
        promise("of them lost", sum(findings.map(({ lost }) => lost)), 0),
        promise("duplicate points or transitions", sum(findings.map(({ doubled }) => doubled)), 0),
        promise("rows equal to the previous one", repeated, 0),
        promise(`integrity check other than ok (${integrity})`, integrity === "ok" ? 0 : 1, 0),
      ];
    } finally {
      for (const server of servers) await server.remove();
      await simulator.stop();
    }
  });
}

type Scene = { postgres: Postgres; url: string; simulator: Simulator; servers: readonly Rollcall[] };

async function killHolder({ postgres, url, simulator, servers }: Scene, nth: number): Promise<Killing> {
  const holder = await findHolder(postgres, url, servers);
  const others = servers.filter((server) => server !== holder);
  const deploymentId = await deploy(simulator, endpointId, 100 + nth);
  const reported = new Map<string, Reported>();
  const look = async (server: Rollcall) => {
    const now = await askForCurrent(`${server.url}/api/v1/endpoints/${endpointId}`);
    if (now?.deploymentId === deploymentId) reported.set(now.observedAt, now);
    return now;
  };
  await until(async () => {
    for (const server of servers) await look(server);
    return reported.size > 0;
  });
  const end = Date.now() + 500 + Math.random() * 2_500;
  while (Date.now() < end) {
    for (const server of servers) await look(server);
    await pause(50);
  }
  const at = Date.now();
  await holder.kill("SIGKILL");
  // Both remaining instances continue: each reports something newer than the kill.
  for (const server of others)
    await until(async () => Date.parse((await look(server))?.observedAt ?? "") > at);
  await holder.restart();
  return { deploymentId, reported: [...reported.values()], at };
}

async function findHolder(postgres: Postgres, url: string, servers: readonly Rollcall[]): Promise<Rollcall> {
  const found: Rollcall[] = [];
  await until(async () => {
    const [row] = await postgres.query("select holder from lease", url);
    const pid = leaseRow.parse(row).holder?.split(" ").at(-1);
    found.push(...servers.filter((server) => String(server.pid) === pid));
    return found.length > 0;
  });
  const [holder] = found;
  if (holder === undefined) throw new Error("No instance holds the lease.");
  return holder;
}

/** The times of the requests for the endpoint, in order (epoch ms). */
async function timesOfRequests(simulator: Simulator, since: number): Promise<number[]> {
  const requests = await simulator.requests();
  return requests
    .filter(({ rawPath, at }) => rawPath.endsWith(`/endpoints/${endpointId}`) && at >= since)
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
}
