import { execFileSync, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";

import Database from "better-sqlite3";

import { Rollcall, portOf, type Settings } from "../e2e/support/rollcall";
import { Simulator } from "../e2e/support/simulator";
import { until } from "./support/pause";
import { needPrometheus, startPrometheus, type Prometheus } from "./support/prometheus";
import type { Row } from "./support/table";

/** A scenario, the fault made on it, and the alerts that must fire, and no others. */
type Play = {
  name: string;
  scenario: string;
  /** What its webhook answers; none without it. */
  receiver?: number;
  fault?: (on: On) => unknown;
  alerts: readonly string[];
};

/** In every one of the scenarios. */
const endpointId = "acme-qwen-3-32b";

type On = { simulator: Simulator; rollcall: Rollcall };

const deploy = ({ simulator }: On) => simulator.deploy(endpointId, { version: 9, msPerReplica: 300 });

const plays: readonly Play[] = [
  { name: "healthy", scenario: "steady", receiver: 200, fault: deploy, alerts: [] },
  { name: "failing", scenario: "failed", alerts: ["RolloutFailed"] },
  { name: "stalled", scenario: "stuck", alerts: ["RolloutStalled"] },
  {
    ...{ name: "key refused", scenario: "steady" },
    fault: ({ simulator }) => simulator.acceptKeys("csk-another"),
    alerts: ["RollcallBlind", "RollcallListingBlind"],
  },
  {
    ...{ name: "server gone", scenario: "steady" },
    fault: ({ rollcall }) => rollcall.kill("SIGKILL"),
    alerts: ["RollcallNoLeader"],
  },
  {
    ...{ name: "database locked", scenario: "steady" },
    fault: async (on) => {
      const other = new Database(join(on.rollcall.directory, "rollcall.db")).exec("begin immediate");
      await deploy(on);
      return other;
    },
    alerts: ["RollcallHistoryNotSaved"],
  },
  {
    ...{ name: "channel refuses", scenario: "steady", receiver: 400, fault: deploy },
    alerts: ["RollcallNotificationFailed"],
  },
  {
    ...{ name: "channel is down", scenario: "steady", receiver: 503, fault: deploy },
    alerts: ["RollcallNotificationsWaiting"],
  },
];

type Stage = Play & { simulator: Simulator; rollcall: Rollcall; prometheus: Prometheus };

/** The shipped rules in real Prometheus servers, one for each scenario with its own Rollcall. */
export async function measureAlerts(): Promise<Row[]> {
  needPrometheus();
  const receiver = await startReceiver();
  const stages: Stage[] = [];
  // Kept, because a database that nothing refers to is closed, and no longer locked.
  const faults: unknown[] = [];
  try {
    for (const play of plays) stages.push(await set(play, receiver.url));
    for (const stage of stages) faults.push(await stage.fault?.(stage));
    return [
      ...checkWithPromtool(stages[0]),
      ...(await judge(stages)),
      ...waitForStalled(stages.find(({ name }) => name === "stalled")),
      ...(await timeScrape(stages[0])),
    ];
  } finally {
    for (const { simulator, rollcall, prometheus } of stages) {
      prometheus.stop();
      await rollcall.remove();
      await simulator.stop();
    }
    faults.length = 0;
    await receiver.close();
  }
}

async function set(play: Play, receiverUrl: string): Promise<Stage> {
  const { scenario, receiver } = play;
  const simulator = await Simulator.start({ scenario });
  const webhook: Settings =
    receiver === undefined
      ? {}
      : {
          ROLLCALL_WEBHOOK_URL: `${receiverUrl}/${receiver}`,
          ROLLCALL_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
        };
  const rollcall = await Rollcall.start(simulator, { ROLLCALL_STALL_AFTER_MINUTES: "1", ...webhook });
  const prometheus = await startPrometheus(rollcall.url);
  await until(async () => (await fetch(`${rollcall.url}/api/v1/endpoints/${endpointId}`)).ok);
  return { ...play, simulator, rollcall, prometheus };
}

/** Answers with the status that its path names. */
async function startReceiver() {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(Number(request.url?.slice(1))).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${portOf(server)}`, close };
}

function checkWithPromtool(healthy: Stage | undefined): Row[] {
  const text = execFileSync("curl", ["-sf", `${healthy?.rollcall.url ?? ""}/metrics`], { encoding: "utf8" });
  const metrics = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  const rules = spawnSync("promtool", ["check", "rules", "deploy/prometheus-alerts.yml"]);
  const tests = spawnSync("promtool", ["test", "rules", "deploy/prometheus-alerts.test.yml"]);
  const complaints = `${metrics.stdout}${metrics.stderr}`.split("\n").filter((line) => line !== "");
  for (const complaint of complaints) console.log(complaint);
  return [
    { what: "complaints of promtool check metrics", figure: complaints.length, unit: "", limit: 0 },
    { what: "exit code of promtool check metrics", figure: metrics.status ?? 1, unit: "", limit: 0 },
    { what: "exit code of promtool check rules", figure: rules.status ?? 1, unit: "", limit: 0 },
    { what: "exit code of promtool test rules", figure: tests.status ?? 1, unit: "", limit: 0 },
  ];
}

/** Waits until every expected alert has fired, then watches for ten seconds that no other does. */
async function judge(stages: readonly Stage[]): Promise<Row[]> {
  const wanted = new Set(stages.flatMap(({ name, alerts }) => alerts.map((alert) => `${name}: ${alert}`)));
  const ever = new Set<string>();
  const look = async () => {
    for (const { name, prometheus } of stages)
      for (const alert of await prometheus.firing()) ever.add(`${name}: ${alert}`);
    return [...wanted].filter((each) => !ever.has(each));
  };
  const began = performance.now();
  await until(async () => (await look()).length === 0, 180_000).catch(() => undefined);
  const took = performance.now() - began;
  const end = performance.now() + 10_000;
  await until(async () => {
    await look();
    return performance.now() > end;
  }, 20_000);
  const missing = await look();
  const others = [...ever].filter((each) => !wanted.has(each));
  for (const each of others) console.log(`fires unexpectedly: ${each}`);
  for (const each of missing) console.log(`does not fire: ${each}`);
  return [
    { what: `alerts that fire, of ${wanted.size}`, figure: wanted.size - missing.length, unit: "" },
    { what: "of them missing", figure: missing.length, unit: "", limit: 0 },
    { what: "alerts that fire without a reason", figure: others.length, unit: "", limit: 0 },
    { what: "until all have fired", figure: Math.round(took / 1_000), unit: "s" },
  ];
}

/** `rollcall wait --fail-on-stall` on the stalled rollout. */
function waitForStalled(stalled: Stage | undefined): Row[] {
  const url = stalled?.rollcall.url ?? "";
  const args = ["public/cli/wait.mjs", endpointId, "--url", url, "--fail-on-stall", "--timeout", "10s"];
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  return [
    { what: "exit code of wait --fail-on-stall, less 6", figure: (status ?? 99) - 6, unit: "", limit: 0 },
  ];
}

async function timeScrape(healthy: Stage | undefined): Promise<Row[]> {
  const began = performance.now();
  const text = await (await fetch(`${healthy?.rollcall.url ?? ""}/metrics`)).text();
  const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
  return [
    { what: "series of one endpoint and the process", figure: series, unit: "" },
    { what: "their scrape", figure: Math.round(performance.now() - began), unit: "ms" },
  ];
}
