import autocannon from "autocannon";

import { serveBare } from "./support/bare-server";
import { cpuTime } from "./support/process-cost";
import { rawGet } from "./support/raw-request";
import { onStage, until } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";
import { view } from "./support/viewer";

const clients = 50;
const path = "/api/v1/endpoints/acme-qwen-3-32b";

/** What one poll costs: bytes, CPU, and requests per second beside an empty handler and bare node:http. */
export async function measurePoll(isShort: boolean): Promise<Row[]> {
  // Asked seldom, so that no poll of its own disturbs the counting.
  const settings = { ROLLCALL_POLL_ACTIVE_SECONDS: "3600", ROLLCALL_POLL_IDLE_SECONDS: "3600" };
  return onStage({ scenario: "overlapping", settings }, async ({ rollcall }) => {
    const url = `${rollcall.url}${path}`;
    const etag = await settledTag(url);
    const unchanged = await rawGet(url, { "if-none-match": etag, "accept-encoding": "gzip" });
    const changed = await rawGet(url, { "accept-encoding": "gzip" });
    const bare = await serveBare((_, response) => {
      response.writeHead(304, {
        "cache-control": "private, no-cache",
        etag,
        "rollcall-age": "1234",
        "rollcall-next-poll-in": "4321",
      });
      response.end();
    });
    try {
      const pid = rollcall.pid ?? 0;
      // A server that lives for weeks has long been compiled: the first requests are not what a poll costs.
      await lap(url, etag, pid);
      const perPoll = await costAtLeisure(pid, url, isShort ? 5 : 15);
      const rounds = await race(
        { status: url, empty: `${rollcall.url}/livez`, bare: bare.url },
        etag,
        pid,
        isShort ? 1 : 5,
      );
      return [
        { what: "unchanged poll, headers included", figure: unchanged.byteLength, unit: "B", limit: 300 },
        { what: "changed poll, headers included", figure: changed.byteLength, unit: "B", limit: 1_500 },
        {
          what: "CPU of a poll, 200 viewers at 1/s",
          figure: perPoll,
          unit: "ms",
          limit: 1.2,
          beside: "Prometheus 1.8, Netdata 0.65, bare node:http 0.33",
        },
        ...rounds,
      ];
    } finally {
      await bare.close();
    }
  });
}

/** The ETag once Rollcall has observed the endpoint and has no more news of it. */
async function settledTag(url: string): Promise<string> {
  let etag = "";
  await until(async () => {
    const response = await fetch(url);
    etag = response.headers.get("etag") ?? "";
    await response.arrayBuffer();
    return response.headers.has("rollcall-age");
  });
  return etag;
}

/** Milliseconds of CPU for one poll, while 200 viewers poll once a second each. */
async function costAtLeisure(pid: number, url: string, seconds: number): Promise<number> {
  const before = await cpuTime(pid);
  const end = Date.now() + seconds * 1_000;
  const viewers = await Promise.all(Array.from({ length: 200 }, () => view(url, end, 1_000)));
  const polls = viewers.reduce((sum, { latencies }) => sum + latencies.length, 0);
  return ((await cpuTime(pid)) - before) / polls;
}

type Lap = { perSecond: number; cpu: number };

/** Fifty clients as fast as they can, the three in turn, so that a slow moment of the machine meets all of them. */
async function race(
  urls: { status: string; empty: string; bare: string },
  etag: string,
  pid: number,
  rounds: number,
): Promise<Row[]> {
  const laps: Record<keyof typeof urls, Lap[]> = { status: [], empty: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    laps.status.push(await lap(urls.status, etag, pid));
    laps.empty.push(await lap(urls.empty, etag, pid));
    laps.bare.push(await lap(urls.bare, etag, process.pid));
  }
  const perSecond = (name: keyof typeof urls) => median(laps[name].map((one) => one.perSecond));
  const ratios = laps.status.map((one, round) => one.cpu / (laps.empty[round]?.cpu ?? Number.NaN));
  return [
    {
      what: "status route, 304",
      figure: perSecond("status"),
      unit: "requests/s",
      beside: "openstatus 87, Uptime Kuma 3,300",
    },
    { what: "empty route handler", figure: perSecond("empty"), unit: "requests/s" },
    { what: "bare node:http, 304", figure: perSecond("bare"), unit: "requests/s" },
    {
      what: "status route / bare, requests per second",
      figure: perSecond("status") / perSecond("bare"),
      unit: "",
    },
    { what: "CPU of the status route / empty handler", figure: median(ratios), unit: "", limit: 1.2 },
    {
      what: "CPU of a status request at full speed",
      figure: median(laps.status.map(({ cpu }) => cpu)),
      unit: "ms",
    },
  ];
}

async function lap(url: string, etag: string, pid: number): Promise<Lap> {
  const before = await cpuTime(pid);
  const result = await autocannon({
    url,
    connections: clients,
    duration: 3,
    headers: { "if-none-match": etag },
  });
  const requests = result.requests.total;
  return { perSecond: requests / result.duration, cpu: ((await cpuTime(pid)) - before) / requests };
}
