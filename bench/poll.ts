import { z } from "zod";

import { firstWord, launch, watchWith } from "./support/child";
import { until } from "./support/pause";
import { cpuTime } from "./support/process-cost";
import { startPeer } from "./support/peers";
import { lap, race, type Runner } from "./support/race";
import { rawGet } from "./support/raw-request";
import { onStage, processOf } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const path = "/api/v1/endpoints/acme-qwen-3-32b";
/** Milliseconds without a change. */
const settledAfter = 10_000;
const addresses = z.object({ url: z.string() });

/** The cost of one poll: bytes, CPU, and requests per second, compared with /livez (empty) and bare node:http. */
export async function measurePoll(isShort: boolean): Promise<Row[]> {
  // Rare polls, so that none disturbs the measurement.
  const settings = { ROLLCALL_POLL_ACTIVE_SECONDS: "3600", ROLLCALL_POLL_IDLE_SECONDS: "3600" };
  return onStage({ scenario: "overlapping", settings }, async ({ rollcall }) => {
    const url = `${rollcall.url}${path}`;
    const etag = await settledTag(url);
    const bytes = await measureBytes(url, etag);
    const bareProcess = launch("bare-poll.ts", etag);
    const nginx = await startPeer("nginx");
    const prometheus = await startPeer("prometheus");
    const peers = { ...(nginx === null ? {} : { nginx }), ...(prometheus === null ? {} : { prometheus }) };
    try {
      const bareUrl = addresses.parse(await firstWord(bareProcess)).url;
      const pid = processOf(rollcall);
      const status: Runner = { url, pid, answersWith: "3xx" };
      const empty: Runner = { url: `${rollcall.url}/livez`, pid, answersWith: "2xx" };
      const bare: Runner = { url: bareUrl, pid: processOf(bareProcess), answersWith: "3xx" };
      // A server that runs for weeks has compiled its code: the first requests cost more than later ones.
      for (const runner of [status, empty, bare, ...Object.values(peers)]) await lap(runner, etag);
      return [
        ...bytes,
        ...(await measureLeisure({ status, bare, ...peers }, isShort ? 1 : 5)),
        ...(await measureRace({ status, empty, bare, ...peers }, etag, isShort ? 2 : 5)),
      ];
    } finally {
      bareProcess.kill();
      await Promise.all([nginx?.stop(), prometheus?.stop()]);
    }
  });
}

/** The ETag once Rollcall has observed the endpoint, and then read the versions: it stays the same from then on. */
async function settledTag(url: string): Promise<string> {
  let etag = "";
  let since = performance.now();
  await until(async () => {
    const response = await fetch(url);
    await response.arrayBuffer();
    const read = response.headers.get("etag") ?? "";
    if (read !== etag) since = performance.now();
    etag = read;
    return response.headers.has("rollcall-age") && performance.now() - since > settledAfter;
  });
  return etag;
}

async function measureBytes(url: string, etag: string): Promise<Row[]> {
  const unchanged = await rawGet(url, { "if-none-match": etag, "accept-encoding": "gzip" });
  const changed = await rawGet(url, { "accept-encoding": "gzip" });
  if (!unchanged.subarray(0, 12).equals(Buffer.from("HTTP/1.1 304")))
    throw new Error("The response was no 304.");
  return [
    { what: "unchanged poll, headers included", figure: unchanged.byteLength, unit: "B", limit: 300 },
    { what: "changed poll, headers included", figure: changed.byteLength, unit: "B", limit: 1_500 },
  ];
}

/** What is measured in turn: Rollcall, bare node:http, and the peers that are installed. */
type Runners = Record<"status" | "bare", Runner> & { [peer: string]: Runner };

/** CPU of one poll, while fifty viewers poll once a second each; one server after the other, in rounds. */
async function measureLeisure(runners: Runners, rounds: number): Promise<readonly Row[]> {
  const costs = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1)
    for (const [name, runner] of Object.entries(runners))
      costs.set(name, [...(costs.get(name) ?? []), await costAtLeisure(runner)]);
  const [bare, status] = [median(costs.get("bare") ?? []), median(costs.get("status") ?? [])];
  return [
    {
      what: "CPU of a poll, 50 viewers at 1/s",
      figure: status,
      unit: "ms",
      limit: 0.65,
      ratio: { to: "bare", value: status / bare, most: 1.5 },
      peers: "Netdata 0.65, Prometheus 1.8, Uptime Kuma 8.1, openstatus 13.8",
    },
    { what: "the same with bare node:http", figure: bare, unit: "ms", peers: "bare 0.33, nginx 0.15" },
    ...namesOfPeers(runners).map((name) => {
      const figure = median(costs.get(name) ?? []);
      return {
        what: `the same with ${name}`,
        figure,
        unit: "ms",
        ratio: { to: "bare", value: figure / bare },
      };
    }),
  ];
}

function namesOfPeers(runners: Runners): readonly string[] {
  return ["nginx", "prometheus"].filter((name) => name in runners);
}

async function costAtLeisure({ url, pid }: Runner): Promise<number> {
  const before = await cpuTime(pid);
  const { statuses } = await watchWith(url, { viewers: 50, seconds: 8, longestWait: 1_000 });
  return ((await cpuTime(pid)) - before) / statuses.length;
}

async function measureRace(
  runners: Runners & { empty: Runner },
  etag: string,
  rounds: number,
): Promise<Row[]> {
  const lapsOf = await race(runners, etag, rounds);
  const perSecond = (name: string) => median(lapsOf(name).map((one) => one.perSecond));
  const cpu = (name: string) => median(lapsOf(name).map((one) => one.cpu));
  const rate = (name: string, peers: string, least?: number): Row => ({
    what: `${name}, 50 clients at full speed`,
    figure: perSecond(name),
    unit: "requests/s",
    ratio: {
      to: "bare",
      value: perSecond(name) / perSecond("bare"),
      ...(least === undefined ? {} : { least }),
    },
    peers,
  });
  return [
    rate("status", "openstatus 87, Uptime Kuma 3,300, Prometheus 5,000, Netdata 11,700", 0.4),
    rate("empty", ""),
    rate("bare", "bare 31,600, nginx 35,400"),
    ...namesOfPeers(runners).map((name) => rate(name, "")),
    { what: "CPU per request at full speed, status", figure: cpu("status"), unit: "ms" },
    { what: "CPU per request at full speed, empty", figure: cpu("empty"), unit: "ms" },
    { what: "CPU per request at full speed, bare", figure: cpu("bare"), unit: "ms" },
    ...namesOfPeers(runners).map((name) => ({
      what: `CPU per request at full speed, ${name}`,
      figure: cpu(name),
      unit: "ms",
    })),
  ];
}
