import { z } from "zod";

import { makeNewerBuild } from "../e2e/support/newer-build";
import { Rollcall, besides, freePort } from "../e2e/support/rollcall";
import { Simulator } from "../e2e/support/simulator";

import { watchWith } from "./support/child";
import { currentRollout } from "./support/current-rollout";
import { makeFormerBuild } from "./support/former-build";
import { inspectPostgres } from "./support/history-postgres";
import { Nginx } from "./support/nginx";
import { pause, until } from "./support/pause";
import { onPostgres } from "./support/stage";
import { quantile } from "./support/statistics";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const instances = 3;
const viewers = 200;
/** Longer than two intervals of a second: every count is seen, unless nothing polls. */
const perReplica = 2_500;
/** Between a replacement and the next one, for the new instance to take its share of the viewers. */
const settling = 3_000;
/** The same, for instances of a former build to work on an upgraded database. */
const settlingBeside = 15_000;

const timeline = z.object({
  points: z.array(z.object({ updatedReplicas: z.number().nullable() })),
  gaps: z.array(z.unknown()),
});

/**
 * Three instances on PostgreSQL behind nginx are replaced one after the other by another build, while 200 viewers poll a
 * moving rollout and retry nothing. The new instance is ready before the former one gets SIGTERM. Nothing tells nginx:
 * it finds out by itself, from instances that refuse connections or answer 503. With `from`, a commit, they run its build
 * at first, on a database of its level, and are replaced by this one.
 */
export async function measureRollingUpgrade(isShort: boolean, from: string | null = null): Promise<Row[]> {
  const rounds = isShort || from !== null ? 1 : 4;
  const pauseBetween = from === null ? settling : settlingBeside;
  const seconds = rounds * (from === null ? 45 : 75);
  const other = await (from === null ? makeNewerBuild() : makeFormerBuild(from));
  const simulator = await Simulator.start({ scenario: "steady" });
  const running: Rollcall[] = [];
  try {
    return await onPostgres(async (postgres) => {
      const url = await postgres.createDatabase();
      const ports = await freePorts(instances + 1);
      const entrance = await freePort();
      const settings = {
        ...besides(simulator),
        DATABASE_URL: url,
        ROLLCALL_URL: `http://localhost:${entrance}`,
      };
      const start = async (port: number, server?: string) => {
        const instance = await Rollcall.launch(settings, { port, server });
        running.push(instance);
        await instance.untilReady();
      };
      // The builds that replace the first instances, and then those; the first ones run the second build.
      const servers = from === null ? [other.server, undefined] : [undefined, other.server];
      for (const port of ports.slice(0, instances)) await start(port, servers[1]);
      const nginx = await Nginx.before(ports, entrance);
      try {
        const address = `${nginx.url}/api/v1/endpoints/${endpointId}`;
        await currentRollout(address);
        const deploymentId = await deployFor(simulator, seconds * 1_000);
        await until(async () => (await currentRollout(address)).deploymentId === deploymentId);
        const polling = watchWith(address, { viewers, seconds });
        const deadline = Date.now() + seconds * 1_000;
        const stops: number[] = [];
        const ends: string[] = [];
        for (let nth = 0; nth < rounds * instances; nth += 1) {
          await pause(pauseBetween);
          const [former] = running;
          if (former === undefined) throw new Error("No instance runs.");
          const free = ports.find((port) => running.every((each) => !each.url.endsWith(`:${port}`)));
          await start(free ?? 0, servers[Math.floor(nth / instances) % 2]);
          stops.push(await stop(former));
          ends.push(former.output);
          running.shift();
        }
        const isInTime = Date.now() < deadline;
        const { latencies, statuses } = await polling;
        const lost = await findLost({ simulator, address, deploymentId, until: Date.now() - perReplica });
        const { repeated, integrity } = await inspectPostgres(postgres, url);
        const count = (is: (status: number) => boolean) => statuses.filter(is).length;
        const promise = (what: string, figure: number): Row => ({ what, figure, unit: "", limit: 0 });
        return [
          { what: `replacements of ${instances} instances`, figure: stops.length, unit: "" },
          promise("of them after the viewers had left", isInTime ? 0 : 1),
          { what: "longest stop", figure: Math.max(...stops), unit: "ms", limit: 5_000 },
          { what: `polls of ${viewers} viewers`, figure: statuses.length, unit: "" },
          promise(
            "answered with 5xx",
            count((status) => status >= 500),
          ),
          promise(
            "without an answer",
            count((status) => status === 0),
          ),
          promise(
            "with another status than 200 and 304",
            count((status) => status !== 200 && status !== 304),
          ),
          { what: "a poll, p50", figure: quantile(latencies, 0.5), unit: "ms" },
          { what: "a poll, p99", figure: quantile(latencies, 0.99), unit: "ms" },
          { what: "counts that Cerebras served", figure: lost.served, unit: "" },
          promise("of them not in history", lost.missing),
          promise("gaps in what was watched", lost.gaps),
          promise(
            "errors in the logs of replaced instances",
            ends.flatMap((output) => output.match(/"level":"error"/g) ?? []).length,
          ),
          promise("rows equal to the previous one", repeated),
          promise(`integrity check other than ok (${integrity})`, integrity === "ok" ? 0 : 1),
        ];
      } finally {
        await nginx.remove();
        for (const each of running) await each.remove();
      }
    });
  } finally {
    await simulator.stop();
    await other.remove();
  }
}

/** Starts a rollout that moves for all this time (ms), a replica at a time. */
async function deployFor(simulator: Simulator, duration: number): Promise<string> {
  const replicas = Math.ceil(duration / perReplica) + 10;
  const request = { version: 100, replicas, maxUnavailable: 1, msPerReplica: perReplica };
  return (await simulator.deploy(endpointId, request)).deploymentId;
}

/** Stops an instance as Kubernetes does. Resolves with the time that took (ms). */
async function stop(instance: Rollcall): Promise<number> {
  const begun = performance.now();
  await instance.kill("SIGTERM");
  const took = performance.now() - begun;
  await instance.remove();
  return took;
}

/** Compares the history of a rollout with what the simulator served until a moment (epoch ms). */
async function findLost(about: {
  simulator: Simulator;
  address: string;
  deploymentId: string;
  until: number;
}): Promise<{ served: number; missing: number; gaps: number }> {
  const { simulator, address, deploymentId } = about;
  const response = await fetch(`${address}/rollouts/${deploymentId}`);
  const { points, gaps } = timeline.parse(await response.json());
  const known = new Set(points.map(({ updatedReplicas }) => updatedReplicas));
  const served = (await simulator.changes())
    .filter((change) => change.deploymentId === deploymentId && change.at < about.until)
    .map(({ updated }) => updated);
  const missing = served.filter((updated) => typeof updated !== "number" || !known.has(updated));
  return { served: served.length, missing: missing.length, gaps: gaps.length };
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
