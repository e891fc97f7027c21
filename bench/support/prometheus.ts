import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { freePort } from "../../e2e/support/rollcall";
import { until } from "./pause";

const alertSchema = z.object({
  data: z.object({
    alerts: z.array(z.object({ state: z.string(), labels: z.record(z.string(), z.string()) })),
  }),
});

/** A real Prometheus with the shipped rules. */
export type Prometheus = { firing: () => Promise<string[]>; stop: () => void };

/** Throws if Debian's package is not installed. */
export function needPrometheus(): void {
  if (spawnSync("promtool", ["--version"]).error !== undefined)
    throw new Error("This needs Prometheus and promtool. On Debian: apt-get install prometheus");
}

/**
 * Scrapes one Rollcall each second; resolves once it knows a leader, which there is none of before the first scrape. The expressions of the rules are as shipped; only waiting times are cut: `for` to two
 * seconds, and the age of a waiting notification to five.
 */
export async function startPrometheus(rollcallUrl: string): Promise<Prometheus> {
  const directory = mkdtempSync(join(tmpdir(), "rollcall-prometheus-"));
  const rules = readFileSync("deploy/prometheus-alerts.yml", "utf8")
    .replaceAll(/for: \S+/g, "for: 2s")
    .replace("_waiting_seconds) > 600", "_waiting_seconds) > 5");
  writeFileSync(join(directory, "alerts.yml"), rules);
  writeFileSync(
    join(directory, "prometheus.yml"),
    JSON.stringify({
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      scrape_configs: [{ job_name: "rollcall", static_configs: [{ targets: [new URL(rollcallUrl).host] }] }],
      rule_files: ["alerts.yml"],
    }),
  );
  const port = await freePort();
  const program = spawn(
    "prometheus",
    [
      `--config.file=${join(directory, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(directory, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(isReady, 30_000);
  const active = async () =>
    alertSchema.parse(await (await fetch(`${url}/api/v1/alerts`)).json()).data.alerts;
  const leads = async () =>
    (await (await fetch(`${url}/api/v1/query?query=rollcall_leader`)).text()).includes('"1"');
  await until(leads, 30_000);
  await until(
    async () => (await active()).every(({ labels }) => labels["alertname"] !== "RollcallNoLeader"),
    30_000,
  );
  return {
    firing: async () =>
      (await active())
        .filter(({ state }) => state === "firing")
        .map(({ labels }) => labels["alertname"] ?? ""),
    stop: () => {
      program.kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
