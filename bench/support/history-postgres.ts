import { z } from "zod";

import type { Postgres } from "../../e2e/support/postgres";

const count = z.object({ n: z.coerce.number() });

/** Consecutive rows of one rollout with equal content: only changes should be stored. */
const repetition = `
  select count(*) as n from (
    select
      row(status, reported_status, updated_replicas, total_replicas, max_unavailable, error_message)::text as state,
      lag(row(status, reported_status, updated_replicas, total_replicas, max_unavailable, error_message)::text)
        over (partition by endpoint_id, deployment_id order by at) as former
    from observation
  ) as reported where state = former`;

/** Reads every index against its table, as pg_amcheck does. */
const indexes = `
  select count(bt_index_check(indexrelid, true)) as n from pg_index
  join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam and amname = 'btree'
  where relnamespace = 'public'::regnamespace`;

/** PostgreSQL's own check of a database. */
export async function inspectPostgres(
  postgres: Postgres,
  url: string,
): Promise<{ repeated: number; integrity: string }> {
  const [row] = await postgres.query(repetition, url);
  const integrity = await check(postgres, url).catch((error: unknown) => String(error));
  return { repeated: count.parse(row).n, integrity };
}

async function check(postgres: Postgres, url: string): Promise<string> {
  await postgres.query("create extension if not exists amcheck", url);
  const [row] = await postgres.query(indexes, url);
  return count.parse(row).n > 0 ? "ok" : "nothing was checked";
}
