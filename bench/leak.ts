import autocannon from "autocannon";

import { z } from "zod";

import { until } from "./support/pause";
import { sampleServer, withHeapReporter, type ServerSample } from "./support/server-sample";
import { onStage } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const laps = 12;
/** Code is compiled and caches fill during these. */
const warmUp = 4;
const connections = 20;
/** Tolerated growth; measurements are never exactly the same. */
const noise = 1.05;

const list = z.object({
  endpoints: z.array(z.object({ endpoint: z.object({ id: z.string() }), current: z.string().nullable() })),
});

/** Many polls of every kind, for every endpoint, while the watcher works: memory must not grow. */
export async function measureLeak(isShort: boolean): Promise<Row[]> {
  const polls = isShort ? 2_000 : 20_000;
  const settings = {
    ...withHeapReporter,
    ROLLCALL_MAX_REQUESTS_PER_MINUTE: "100000",
  };
  return onStage({ scenario: "fleet", settings }, async (stage) => {
    const paths = await pathsOf(stage.rollcall.url);
    const samples: ServerSample[] = [];
    for (let nth = 0; nth < laps; nth += 1) {
      await poll(stage.rollcall.url, paths, Math.ceil(polls / laps));
      samples.push(await sampleServer(stage.rollcall));
    }
    const settled = samples.slice(warmUp);
    const half = settled.length / 2;
    const row = (what: string, pick: (sample: ServerSample) => number): Row => {
      const early = median(settled.slice(0, half).map(pick));
      const late = median(settled.slice(half).map(pick));
      const ratio = { to: "after warm-up", value: late / early };
      return { what, figure: late, unit: "MB", limit: noise * early, ratio };
    };
    return [
      { what: "polls", figure: polls, unit: "" },
      { what: "addresses", figure: paths.length, unit: "" },
      { what: "server memory at first", figure: samples[0]?.resident ?? Number.NaN, unit: "MB" },
      row("server memory", ({ resident }) => resident),
      row("heap after collection", ({ heap }) => heap),
    ];
  });
}

/** The requests that viewers of the endpoints repeat. */
async function pathsOf(url: string): Promise<string[]> {
  let paths: string[] = [];
  await until(async () => {
    const response = await fetch(`${url}/api/v1/endpoints`);
    const { endpoints } = list.parse(await response.json());
    paths = endpoints.flatMap(({ endpoint: { id }, current }) => {
      const path = `/api/v1/endpoints/${id}`;
      return [path, `${path}/rollouts`, `${path}/events`, `${path}/raw`, `${path}/rollouts/${current}`];
    });
    return endpoints.length > 0 && endpoints.every(({ current }) => current !== null);
  });
  return ["/api/v1/endpoints", ...paths];
}

async function poll(url: string, paths: readonly string[], amount: number): Promise<void> {
  const requests = paths.map((path) => ({ path, headers: { "accept-encoding": "gzip" } }));
  const result = await autocannon({ url, connections, amount, requests });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} polls failed, ${result.errors} had no response.`);
}
