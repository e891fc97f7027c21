import { join } from "node:path";

import { z } from "zod";

import type { Rollcall } from "../e2e/support/rollcall";

import { until } from "./support/pause";
import { seedHistory, type Seed, type Seeded } from "./support/seed-history";
import { seedPostgres } from "./support/seed-postgres";
import { onPostgres, onStage, type Stage } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const runs = 200;
const warmUps = 30;
const mostTimes = 1.2;
/** A page size that one week fills: both servers return the same number of rollouts. */
const pageSize = 20;
const week: Seed = { endpoints: 200, days: 7 };
const fiveYears: Seed = { endpoints: 200, days: 5 * 365 };
const halfAYear: Seed = { endpoints: 200, days: 182 };

const list = z.object({ rollouts: z.array(z.object({ deploymentId: z.string() })) });

/** Seeds the database of a stopped server with a past. */
type SeedHistory = (rollcall: Rollcall, past: Seed) => Seeded | Promise<Seeded>;

export async function measureHistory(isShort: boolean): Promise<Row[]> {
  const seed: SeedHistory = ({ directory }, past) =>
    seedHistory(join(directory, "rollcall.db"), endpointId, past);
  return onStage({ scenario: "steady" }, (short) =>
    onStage({ scenario: "steady" }, (long) => compareHistories(short, long, isShort, [seed, seed])),
  );
}

export async function measureHistoryOnPostgres(isShort: boolean): Promise<Row[]> {
  return onPostgres(async (postgres) => {
    const brief = await postgres.createDatabase();
    const whole = await postgres.createDatabase();
    const seedInto =
      (url: string): SeedHistory =>
      (_, past) =>
        seedPostgres(postgres, url, endpointId, past);
    return onStage({ scenario: "steady", settings: { DATABASE_URL: brief } }, (short) =>
      onStage({ scenario: "steady", settings: { DATABASE_URL: whole } }, (long) =>
        compareHistories(short, long, isShort, [seedInto(brief), seedInto(whole)]),
      ),
    );
  });
}

/** The same three requests, in turn, to a server with a long past and to one with a week. */
async function compareHistories(
  short: Stage,
  long: Stage,
  isShort: boolean,
  [seedBrief, seedLong]: readonly [SeedHistory, SeedHistory],
): Promise<Row[]> {
  const brief = await seed(short.rollcall, week, seedBrief);
  const seeded = await seed(long.rollcall, isShort ? halfAYear : fiveYears, seedLong);
  const servers = [short.rollcall.url, long.rollcall.url] as const;
  return [
    { what: "rollouts in the long past", figure: seeded.rollouts, unit: "" },
    { what: "seeding it took", figure: seeded.seconds, unit: "s" },
    { what: "on disk", figure: seeded.bytes / 1e6, unit: "MB" },
    { what: "per rollout of 60 transitions", figure: seeded.bytes / seeded.rollouts, unit: "bytes" },
    { what: "rollouts in the week", figure: brief.rollouts, unit: "" },
    await compare("endpoint page", servers, () => `/endpoints/${endpointId}`),
    await compare(
      "list of rollouts",
      servers,
      () => `/api/v1/endpoints/${endpointId}/rollouts?limit=${pageSize}`,
    ),
    await compare("one rollout", servers, await rolloutsOf(servers)),
  ];
}

/** Stops a server, seeds a past, and starts it again. */
async function seed(rollcall: Rollcall, past: Seed, fill: SeedHistory): Promise<Seeded> {
  const isSeen = async () => (await fetch(`${rollcall.url}/api/v1/endpoints/${endpointId}`)).ok;
  await until(isSeen);
  await rollcall.kill();
  const seeded = await fill(rollcall, past);
  await rollcall.restart();
  await until(isSeen);
  return seeded;
}

type Servers = readonly [brief: string, long: string];

/** Rollouts of the last days, a different one each time, so that no response is cached. */
async function rolloutsOf(servers: Servers): Promise<(nth: number, url: string) => string> {
  const known = new Map<string, string[]>();
  for (const url of servers) {
    const response = await fetch(`${url}/api/v1/endpoints/${endpointId}/rollouts`);
    const { rollouts } = list.parse(await response.json());
    const seeded = rollouts
      .map(({ deploymentId }) => deploymentId)
      .filter((id) => id.startsWith("00000000-0000-4000-8000-"));
    known.set(url, seeded.slice(-15));
  }
  return (nth, url) => {
    const ids = known.get(url) ?? [];
    return `/api/v1/endpoints/${endpointId}/rollouts/${ids[nth % ids.length]}`;
  };
}

async function compare(
  what: string,
  servers: Servers,
  pathOf: (nth: number, url: string) => string,
): Promise<Row> {
  const [brief, long] = servers;
  const times = new Map<string, number[]>(servers.map((url) => [url, []]));
  for (let nth = -warmUps; nth < runs; nth += 1) {
    for (const url of nth % 2 === 0 ? servers : servers.toReversed()) {
      const took = await ask(`${url}${pathOf(nth + warmUps, url)}`);
      if (nth >= 0) times.get(url)?.push(took);
    }
  }
  const weekly = median(times.get(brief) ?? []);
  const figure = median(times.get(long) ?? []);
  const ratio = { to: "with one week", value: figure / weekly };
  return { what, figure, unit: "ms", limit: mostTimes * weekly, ratio };
}

/** Milliseconds until the complete response has arrived. */
async function ask(address: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(address);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${address} returned ${response.status}.`);
  return performance.now() - began;
}
