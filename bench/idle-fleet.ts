import { z } from "zod";

import { Simulator } from "../e2e/support/simulator";
import type { Rollcall } from "../e2e/support/rollcall";
import { pause, until } from "./support/pause";
import { besideSimulator } from "./support/stage";
import { quantile } from "./support/statistics";
import type { Row } from "./support/table";

const second = 1_000;
const minute = 60 * second;

/** The first look at 1,000 endpoints would take 9 minutes within the usual limit of 120. */
const requestLimit = 1_200;
/** What the usual limit stretches the polls of 1,000 covered endpoints to. */
const unchanged = { 40: "600", 1000: "5000" } as const;

type Size = keyof typeof unchanged;
type Way = { name: string; isOff?: boolean; freezes?: "creation" };

const ways: readonly Way[] = [
  { name: "truthful" },
  { name: "useless", freezes: "creation" },
  { name: "none (off)", isOff: true },
];

const fleet = z.object({
  endpoints: z.array(
    z.object({
      current: z.nullable(z.string()),
      freshness: z.object({ state: z.string(), basis: z.string().optional() }),
    }),
  ),
});

/** An idle fleet: requests a minute, and how long until a new rollout is seen, with a truthful, a useless and no hint. */
export async function measureIdleFleet(isShort: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of [40, 1000] as const) {
    const measured = await Promise.all(ways.map((way) => measureWay(size, way, isShort)));
    rows.push(...measured.flat());
  }
  return rows;
}

async function measureWay(size: Size, way: Way, isShort: boolean): Promise<Row[]> {
  const simulator = await Simulator.start({ scenario: `one-org-${size}` });
  try {
    if (way.freezes !== undefined) await simulator.fault({ kind: "freeze-updated", to: way.freezes });
    const settings = {
      CEREBRAS_ORG: "acme",
      ROLLCALL_POLL_ACTIVE_SECONDS: "5",
      ROLLCALL_POLL_IDLE_SECONDS: "30",
      ROLLCALL_POLL_UNCHANGED_SECONDS: way.isOff === true ? "1" : unchanged[size],
      ROLLCALL_MAX_REQUESTS_PER_MINUTE: String(requestLimit),
    };
    return await besideSimulator(simulator, settings, (rollcall) =>
      measureOne(simulator, rollcall, size, way, isShort),
    );
  } finally {
    await simulator.stop();
  }
}

async function measureOne(
  simulator: Simulator,
  rollcall: Rollcall,
  size: Size,
  way: Way,
  isShort: boolean,
): Promise<Row[]> {
  await until(
    async () => (await readFleet(rollcall)).filter(({ current }) => current !== null).length === size,
    3 * minute,
  );
  if (way.name === "truthful")
    await until(
      async () => (await readFleet(rollcall)).every(({ freshness }) => freshness.basis === "listing"),
      minute,
    );
  // The limit is per minute: the first look no longer counts after that.
  if (size === 1000) await pause(isShort ? 5 * second : minute);
  await simulator.clearRequests();
  const span = (isShort ? 1 : 3) * minute;
  await pause(span);
  const { total } = await simulator.countRequests();
  const delays = await measureDelays(simulator, rollcall, isShort ? 8 : 20);
  const isDelayed = (await readFleet(rollcall)).some(({ freshness }) => freshness.state !== "live");
  const name = `${size} endpoints, hint ${way.name}`;
  const isBound = way.name === "truthful";
  return [
    {
      what: `${name}: requests a minute`,
      figure: (total * minute) / span,
      unit: "",
      ...(isBound ? { limit: 20 } : {}),
    },
    { what: `${name}: rollout seen after, median`, figure: quantile(delays, 0.5) / second, unit: "s" },
    {
      what: `${name}: at most`,
      figure: Math.max(...delays) / second,
      unit: "s",
      ...(isBound ? { limit: 15 } : {}),
    },
    ...(isBound
      ? [{ what: `${name}: shown as delayed`, figure: Number(isDelayed), unit: "", limit: 0 }]
      : []),
  ];
}

/** Deploys to some endpoints at odd moments; milliseconds until each new rollout is in Rollcall's answer. */
async function measureDelays(simulator: Simulator, rollcall: Rollcall, count: number): Promise<number[]> {
  const ids = (await simulator.endpointIds())
    .filter((_, index, all) => index % Math.floor(all.length / count) === 0)
    .slice(0, count);
  const delays = ids.map(async (id, nth) => {
    await pause(nth * 2_300);
    const before = performance.now();
    const { deploymentId } = await simulator.deploy(id, { version: 900, replicas: 4, msPerReplica: 600_000 });
    await until(async () => {
      const response = await fetch(`${rollcall.url}/api/v1/endpoints/${id}`);
      return (await response.text()).includes(deploymentId);
    }, 3 * minute);
    return performance.now() - before;
  });
  return Promise.all(delays);
}

async function readFleet({ url }: Rollcall) {
  return fleet.parse(await (await fetch(`${url}/api/v1/endpoints`)).json()).endpoints;
}
