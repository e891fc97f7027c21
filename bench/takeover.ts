import { z } from "zod";

import type { Postgres } from "../e2e/support/postgres";
import { Rollcall } from "../e2e/support/rollcall";
import { Simulator } from "../e2e/support/simulator";

import { deploy, diagnose, type Killing } from "./support/acknowledged";
import { askForCurrent, type Told } from "./support/current-rollout";
import { inspectPostgres } from "./support/history-postgres";
import { pause, until } from "./support/pause";
import { onPostgres } from "./support/stage";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const instances = 3;
/** As lib/server/db/lease.ts promises it. */
const leaseTime = 6_000;
const cadence = 1_000;
/** Two questions closer than this are not an interval apart, whatever the machine is busy with. */
const tooClose = 0.7 * cadence;

const leaseRow = z.object({ holder: z.string().nullable() });

/** Kills whichever of three instances watches, again and again, while viewers ask all of them. */
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
        { what: `kills of the one of ${instances} that watches`, figure: kills, unit: "" },
        { what: "questions about the endpoint", figure: asked.length, unit: "" },
        promise(
          "of them sooner than an interval (one per takeover)",
          gaps.filter((gap) => gap < tooClose).length,
          kills,
        ),
        promise("longest time without a question", Math.max(...gaps), 2 * leaseTime, "ms"),
        {
          what: "observations told to a client",
          figure: sum(killings.map(({ told }) => told.length)),
          unit: "",
        },
        promise("of them lost", sum(findings.map(({ lost }) => lost)), 0),
        promise("points or transitions told twice", sum(findings.map(({ doubled }) => doubled)), 0),
        promise("rows that repeat the one before", repeated, 0),
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
  const told = new Map<string, Told>();
  const look = async (server: Rollcall) => {
    const now = await askForCurrent(`${server.url}/api/v1/endpoints/${endpointId}`);
    if (now?.deploymentId === deploymentId) told.set(now.observedAt, now);
    return now;
  };
  await until(async () => {
    for (const server of servers) await look(server);
    return told.size > 0;
  });
  const end = Date.now() + 500 + Math.random() * 2_500;
  while (Date.now() < end) {
    for (const server of servers) await look(server);
    await pause(50);
  }
  const at = Date.now();
  await holder.kill("SIGKILL");
  // Both that are left go on: each tells something newer than the kill.
  for (const server of others)
    await until(async () => Date.parse((await look(server))?.observedAt ?? "") > at);
  await holder.restart();
  return { deploymentId, told: [...told.values()], at };
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
  if (holder === undefined) throw new Error("Nobody holds the lease.");
  return holder;
}

/** When the endpoint was asked about, in order (epoch ms). */
async function timesOfRequests(simulator: Simulator, since: number): Promise<number[]> {
  const requests = await simulator.requests();
  return requests
    .filter(({ rawPath, at }) => rawPath.endsWith(`/endpoints/${endpointId}`) && at >= since)
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
}
