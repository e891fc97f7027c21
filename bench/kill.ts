import Database from "better-sqlite3";
import { join } from "node:path";

import { z } from "zod";

import { onStage, pause, until } from "./support/stage";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const view = z.object({
  current: z.string().nullable(),
  rollouts: z.array(z.object({ deploymentId: z.string(), updatedReplicas: z.number().nullable() })),
  freshness: z.object({ observedAt: z.string().nullable() }),
});
const detail = z.object({
  points: z.array(z.object({ from: z.string(), until: z.string(), updatedReplicas: z.number().nullable() })),
  gaps: z.array(z.unknown()),
});

/** An observation that a client has been told of. */
type Acknowledged = { deploymentId: string; at: string; updated: number | null };

/** Kills the server without warning, again and again, and looks for everything that clients had been told. */
export async function measureKills(isShort: boolean): Promise<Row[]> {
  const kills = isShort ? 3 : 50;
  return onStage({ scenario: "smooth", speed: 6 }, async ({ simulator, rollcall }) => {
    const told: Acknowledged[] = [];
    for (let nth = 0; nth < kills; nth += 1) {
      await simulator.deploy(endpointId, {
        version: 100 + nth,
        replicas: 12,
        maxUnavailable: 2,
        msPerReplica: 1_500,
      });
      const end = Date.now() + 1_500 + ((nth * 618) % 1_500);
      while (Date.now() < end) {
        told.push(...(await ask(rollcall.url)));
        await pause(25);
      }
      await rollcall.kill("SIGKILL");
      await rollcall.restart();
      await until(async () => (await ask(rollcall.url)).length > 0);
    }
    const { lost, gaps } = await lookFor(rollcall.url, told);
    await rollcall.kill();
    const { duplicates, integrity } = inspect(join(rollcall.directory, "rollcall.db"));
    return [
      { what: "kills", figure: kills, unit: "" },
      { what: "observations acknowledged", figure: told.length, unit: "" },
      { what: "of them lost", figure: lost, unit: "", limit: 0 },
      { what: "duplicates", figure: duplicates, unit: "", limit: 0 },
      { what: "kills without a gap shown", figure: Math.max(0, kills - gaps), unit: "", limit: 0 },
      { what: `integrity check says ${integrity}`, figure: integrity === "ok" ? 0 : 1, unit: "", limit: 0 },
    ];
  });
}

async function ask(url: string): Promise<Acknowledged[]> {
  const response = await fetch(`${url}/api/v1/endpoints/${endpointId}`);
  if (!response.ok) return [];
  const { current, rollouts, freshness } = view.parse(await response.json());
  const rollout = rollouts.find(({ deploymentId }) => deploymentId === current);
  if (rollout === undefined || freshness.observedAt === null) return [];
  return [{ deploymentId: rollout.deploymentId, at: freshness.observedAt, updated: rollout.updatedReplicas }];
}

async function lookFor(url: string, told: readonly Acknowledged[]) {
  let lost = 0;
  const gaps = new Set<string>();
  for (const deploymentId of new Set(told.map((one) => one.deploymentId))) {
    const ofRollout = told.filter((one) => one.deploymentId === deploymentId);
    const response = await fetch(`${url}/api/v1/endpoints/${endpointId}/rollouts/${deploymentId}`);
    const { points, gaps: ownGaps } = detail.parse(await response.json());
    for (const gap of ownGaps) gaps.add(JSON.stringify(gap));
    lost += ofRollout.filter(
      ({ at, updated }) =>
        !points.some((point) => point.updatedReplicas === updated && point.from <= at && point.until >= at),
    ).length;
  }
  return { lost, gaps: gaps.size };
}

function inspect(file: string): { duplicates: number; integrity: string } {
  const database = new Database(file, { readonly: true });
  const same = z.object({ n: z.number() });
  const { n: duplicates } = same.parse(
    database
      .prepare(
        `select count(*) as n from observation a join observation b
         on a.endpoint_id = b.endpoint_id and a.deployment_id = b.deployment_id and a.id < b.id
         and a.updated_replicas is b.updated_replicas and a.status = b.status and a.error_message is b.error_message
         and a.total_replicas is b.total_replicas and not exists (
           select 1 from observation c where c.endpoint_id = a.endpoint_id
           and c.deployment_id = a.deployment_id and c.id > a.id and c.id < b.id)`,
      )
      .get(),
  );
  const integrity = z.string().parse(database.pragma("integrity_check", { simple: true }));
  database.close();
  return { duplicates, integrity };
}
