import { Rollcall } from "../e2e/support/rollcall";
import { Simulator } from "../e2e/support/simulator";
import type { Postgres } from "../e2e/support/postgres";

import { deploy } from "./support/acknowledged";
import { askForCurrent } from "./support/current-rollout";
import { until } from "./support/pause";
import { PgBouncer } from "./support/pgbouncer";
import { onPostgres } from "./support/stage";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";

/** Starts, watches, saves and starts again behind a real PgBouncer with default settings, in both modes. */
export async function measurePooler(): Promise<Row[]> {
  return onPostgres(async (postgres) => [
    ...(await measureMode(postgres, "session")),
    ...(await measureMode(postgres, "transaction")),
  ]);
}

async function measureMode(postgres: Postgres, mode: "session" | "transaction"): Promise<Row[]> {
  const direct = await postgres.createDatabase();
  const pooler = await PgBouncer.before(direct, mode);
  const simulator = await Simulator.start({ scenario: "steady" });
  const servers: Rollcall[] = [];
  try {
    for (let nth = 0; nth < 2; nth += 1)
      servers.push(await Rollcall.start(simulator, { DATABASE_URL: pooler.url }));
    const [first, second] = servers;
    if (first === undefined || second === undefined) throw new Error("No servers.");
    const deploymentId = await deploy(simulator, endpointId, 100);
    for (const server of servers) await untilShown(server, deploymentId);
    await first.restart();
    await untilShown(first, deploymentId);
    const said = servers.map((server) => server.output).join("");
    const saved = await postgres.query("select 1 from observation", direct);
    const locks = await postgres.query("select 1 from pg_locks where locktype = 'advisory'", direct);
    const row = (what: string, figure: number, limit?: number): Row => ({
      ...{ what: `${mode} mode: ${what}`, figure, unit: "" },
      ...(limit === undefined ? {} : { limit }),
    });
    return [
      row("observations saved by one of two servers", saved.length),
      row("of them missing", saved.length === 0 ? 1 : 0, 0),
      row("advisory locks left", locks.length, 0),
      row("errors in the log", said.match(/"level":(50|60)/g)?.length ?? 0, 0),
      row("starts that logged rejected limits", said.match(/refuses time limits/g)?.length ?? 0),
    ];
  } finally {
    for (const server of servers) await server.remove();
    await simulator.stop();
    await pooler.remove();
  }
}

async function untilShown(server: Rollcall, deploymentId: string): Promise<void> {
  const url = `${server.url}/api/v1/endpoints/${endpointId}`;
  await until(async () => (await askForCurrent(url))?.deploymentId === deploymentId);
}
