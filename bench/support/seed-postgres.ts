import { z } from "zod";

import type { Postgres } from "../../e2e/support/postgres";

import type { Seed, Seeded } from "./seed-history";

const day = 86_400_000;
const rolloutsPerDay = 3;
const transitions = 60;
const between = 30_000;

const size = z.object({ bytes: z.coerce.number() });

/**
 * The same past as seed-history.ts gives SQLite, made by PostgreSQL itself. Indexes and checks are taken
 * away meanwhile and put back, as for a restored dump.
 */
export async function seedPostgres(
  postgres: Postgres,
  url: string,
  watched: string,
  { endpoints, days }: Seed,
): Promise<Seeded> {
  const began = performance.now();
  const run = (statement: string) => postgres.query(statement, url);
  const now = Date.now();
  await run(`
    insert into endpoint (id, org, model_arch, warnings, first_observed_at)
    select case nth when 0 then '${watched}' else 'elsewhere-' || nth end,
      case nth when 0 then 'acme' else 'elsewhere' end, 'qwen-3-32b', '[]', ${now - (days + 1) * day}
    from generate_series(0, ${endpoints - 1}) nth on conflict do nothing`);
  await run(`
    create unlogged table past as
    select id, ${now} - ago::bigint * ${day} + nth * ${day / rolloutsPerDay / 2} as began
    from generate_series(${days}, 1, -1) ago, endpoint, generate_series(0, ${rolloutsPerDay - 1}) nth
    where id = '${watched}' or org = 'elsewhere'
    order by ago desc, nth, id`);
  const ended = `began + ${(transitions - 1) * between}`;
  await run(`
    insert into watch_span (endpoint_id, from_at, until_at) select id, began, ${ended} + ${between} from past`);
  await run(`
    insert into rollout (endpoint_id, deployment_id, model, version, created_at, first_observed_at, ended_at,
      last_seen_at, removed_since, sort_at)
    select id, ${deploymentOf("began")}, 'orgs/acme/models/qwen-3-32b/versions/' || began % 100000,
      (began % 100000)::text, began, began, ${ended}, ${ended}, ${ended} + ${between}, began from past`);
  await run("alter table observation drop constraint observation_rollout, drop constraint observation_once");
  await run("drop index observation_newest");
  await run(`
    insert into observation (endpoint_id, deployment_id, at, not_before, status, reported_status,
      updated_replicas, total_replicas, max_unavailable, warnings)
    select id, ${deploymentOf("began")}, began + step::bigint * ${between},
      case step when 0 then null else began + (step - 1)::bigint * ${between} end,
      case step when ${transitions - 1} then 'done' else 'in_progress' end,
      case step when ${transitions - 1} then 'done' else 'in_progress' end, step + 1, 60, 6, '[]'
    from past, generate_series(0, ${transitions - 1}) step`);
  await run("drop table past");
  for (const statement of [
    "alter table observation add constraint observation_once unique (endpoint_id, deployment_id, at)",
    "create index observation_newest on observation (endpoint_id, at)",
    "alter table observation add constraint observation_rollout foreign key (endpoint_id, deployment_id) references rollout (endpoint_id, deployment_id) not valid",
    "vacuum analyze",
    "checkpoint",
  ])
    await run(`set maintenance_work_mem = '1GB'; ${statement}`.replace(/^.*; (vacuum|checkpoint)/, "$1"));
  const [row] = await run("select pg_database_size(current_database()) as bytes");
  return {
    rollouts: endpoints * days * rolloutsPerDay,
    bytes: size.parse(row).bytes,
    seconds: (performance.now() - began) / 1_000,
  };
}

/** Ids in the form that the API gives them. */
function deploymentOf(began: string): string {
  return `'00000000-0000-4000-8000-' || right(lpad(${began}::text, 12, '0'), 12)`;
}
