import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { Rollcall } from "../e2e/support/rollcall";
import { Simulator } from "../e2e/support/simulator";
import { until } from "./support/pause";
import type { Row } from "./support/table";

type Play = { name: string; scenario: string; speed: number; alerts: readonly string[]; isBlind?: boolean };

/** Each scenario, and the alerts that must fire on it, and no others. */
const plays: readonly Play[] = [
  { name: "healthy", scenario: "smooth", speed: 20, alerts: [] },
  { name: "failing", scenario: "failed", speed: 1, alerts: ["RolloutFailed"] },
  { name: "stalled", scenario: "stuck", speed: 1, alerts: ["RolloutStalled"] },
  {
    ...{ name: "blind", scenario: "steady", speed: 1, isBlind: true },
    alerts: ["RollcallBlind", "RollcallListingBlind"],
  },
];

/** In every one of the scenarios. */
const endpointId = "acme-qwen-3-32b";

const alertSchema = z.object({
  data: z.object({
    alerts: z.array(z.object({ state: z.string(), labels: z.record(z.string(), z.string()) })),
  }),
});

/**
 * The shipped rules in a real Prometheus that scrapes one Rollcall per scenario. Waiting times in the rules are cut to
 * two seconds; a label says which Rollcall a sample is from.
 */
export async function measureAlerts(): Promise<Row[]> {
  needPrometheus();
  const simulators: Simulator[] = [];
  const rollcalls: Rollcall[] = [];
  const directory = mkdtempSync(join(tmpdir(), "rollcall-prometheus-"));
  let prometheus: ChildProcess | null = null;
  try {
    for (const { scenario, speed, isBlind = false } of plays) {
      const simulator = await Simulator.start({ scenario, speed });
      simulators.push(simulator);
      const rollcall = await Rollcall.start(simulator, { ROLLCALL_STALL_AFTER_MINUTES: "1" });
      rollcalls.push(rollcall);
      await until(async () => (await fetch(`${rollcall.url}/api/v1/endpoints/${endpointId}`)).ok);
      if (isBlind) await simulator.acceptKeys("csk-another");
    }
    const address = await serve(directory, rollcalls);
    prometheus = address.prometheus;
    return [
      ...checkWithPromtool(rollcalls[0]),
      ...(await judge(address.url)),
      ...waitForStalled(rollcalls),
      ...(await timeScrape(rollcalls)),
    ];
  } finally {
    prometheus?.kill();
    for (const rollcall of rollcalls) await rollcall.remove();
    for (const simulator of simulators) await simulator.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function needPrometheus(): void {
  if (spawnSync("promtool", ["--version"]).error !== undefined)
    throw new Error("This needs Prometheus and promtool. On Debian: apt-get install prometheus");
}

async function serve(directory: string, rollcalls: readonly Rollcall[]) {
  const rules = readFileSync("deploy/prometheus-alerts.yml", "utf8")
    .replaceAll(/for: \S+/g, "for: 2s")
    .replaceAll("by (endpoint)", "by (play, endpoint)")
    .replaceAll("by (organization)", "by (play, organization)")
    .replaceAll("min(", "min by (play) (")
    .replace("(max(rollcall_leader) or vector(0)) == 0", "max by (play) (rollcall_leader) == 0");
  const targets = plays.map(({ name }, nth) => ({
    targets: [new URL(rollcalls[nth]?.url ?? "").host],
    labels: { play: name },
  }));
  writeFileSync(join(directory, "alerts.yml"), rules);
  writeFileSync(
    join(directory, "prometheus.yml"),
    JSON.stringify({
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      scrape_configs: [{ job_name: "rollcall", static_configs: targets }],
      rule_files: ["alerts.yml"],
    }),
  );
  const port = await freePort();
  const prometheus = spawn(
    "prometheus",
    [
      `--config.file=${join(directory, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(directory, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  await until(
    () =>
      fetch(`${url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    30_000,
  );
  return { prometheus, url };
}

function checkWithPromtool(rollcall: Rollcall | undefined): Row[] {
  const text = execFileSync("curl", ["-sf", `${rollcall?.url ?? ""}/metrics`], { encoding: "utf8" });
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

/** Waits until every expected alert fires, then watches for ten seconds that no other does. */
async function judge(url: string): Promise<Row[]> {
  const wanted = new Set(plays.flatMap(({ name, alerts }) => alerts.map((alert) => `${name} ${alert}`)));
  const ever = new Set<string>();
  const look = async () => {
    const { data } = alertSchema.parse(await (await fetch(`${url}/api/v1/alerts`)).json());
    const firing = data.alerts
      .filter(({ state }) => state === "firing")
      .map(({ labels }) => `${labels["play"]} ${labels["alertname"]}`);
    for (const each of firing) ever.add(each);
    return firing;
  };
  const began = performance.now();
  const isComplete = await until(
    async () => new Set((await look()).filter((each) => wanted.has(each))).size === wanted.size,
    180_000,
  ).then(
    () => true,
    () => false,
  );
  const took = performance.now() - began;
  const end = performance.now() + 10_000;
  await until(async () => {
    await look();
    return performance.now() > end;
  }, 20_000);
  const others = [...ever].filter((each) => !wanted.has(each));
  const missing = [...wanted].filter((each) => !ever.has(each));
  for (const each of others) console.log(`fires unexpectedly: ${each}`);
  for (const each of missing) console.log(`does not fire: ${each}`);
  return [
    { what: `alerts that fire, of ${wanted.size}`, figure: wanted.size - missing.length, unit: "" },
    { what: "of them missing", figure: isComplete ? 0 : missing.length, unit: "", limit: 0 },
    { what: "alerts that fire without a reason", figure: others.length, unit: "", limit: 0 },
    { what: "until all fire", figure: Math.round(took / 1_000), unit: "s" },
  ];
}

/** `rollcall wait --fail-on-stall` on the stalled rollout. */
function waitForStalled(rollcalls: readonly Rollcall[]): Row[] {
  const { url } = rollcalls[plays.findIndex(({ name }) => name === "stalled")] ?? { url: "" };
  const args = ["public/cli/wait.mjs", endpointId, "--url", url, "--fail-on-stall", "--timeout", "10s"];
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  return [
    { what: "exit code of wait --fail-on-stall, less 6", figure: (status ?? 99) - 6, unit: "", limit: 0 },
  ];
}

async function timeScrape([rollcall]: readonly Rollcall[]): Promise<Row[]> {
  const began = performance.now();
  const text = await (await fetch(`${rollcall?.url ?? ""}/metrics`)).text();
  const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
  return [
    { what: "series of one endpoint and the process", figure: series, unit: "" },
    { what: "their scrape", figure: Math.round(performance.now() - began), unit: "ms" },
  ];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
