import { statSync } from "node:fs";

import Database from "better-sqlite3";

const day = 86_400_000;
const rolloutsPerDay = 3;
const transitions = 60;
const between = 30_000;

export type Seed = { endpoints: number; days: number };
export type Seeded = { rollouts: number; bytes: number; seconds: number };

/**
 * Fills a server's database with a past of this many days, in the order in which it would have been recorded.
 * The first endpoint is `watched`; the others belong to another organization and are never requested.
 */
export function seedHistory(file: string, watched: string, { endpoints, days }: Seed): Seeded {
  const database = new Database(file);
  const began = performance.now();
  // Seeding need not survive a power cut; everything ends up in one file.
  for (const pragma of ["journal_mode = WAL", "synchronous = OFF", "cache_size = -400000"])
    database.pragma(pragma);
  const ids = Array.from({ length: endpoints }, (_, nth) => (nth === 0 ? watched : `elsewhere-${nth}`));
  const now = Date.now();
  try {
    seedEndpoints(database, ids, now - (days + 1) * day);
    const seedDay = database.transaction((ago: number) => {
      for (const id of ids) seedRollouts(database, id, now - ago * day);
    });
    for (let ago = days; ago >= 1; ago -= 1) seedDay(ago);
    database.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
  const rollouts = endpoints * days * rolloutsPerDay;
  return { rollouts, bytes: statSync(file).size, seconds: (performance.now() - began) / 1_000 };
}

function seedEndpoints(database: Database.Database, ids: readonly string[], at: number): void {
  const endpoint = database.prepare(
    "insert into endpoint (id, org, model_arch, warnings, first_observed_at) values (?, ?, 'qwen-3-32b', '[]', ?) on conflict do nothing",
  );
  ids.forEach((id, nth) => endpoint.run(id, nth === 0 ? "acme" : "elsewhere", at));
}

/** Three rollouts one after the other, each watched from before its start until after its end. */
function seedRollouts(database: Database.Database, id: string, dayStart: number): void {
  const span = database.prepare(
    "insert into watch_span (endpoint_id, from_at, until_at, broken_by_code, broken_by_message) values (?, ?, ?, null, null)",
  );
  const rollout = database.prepare(
    "insert into rollout (endpoint_id, deployment_id, model, version, created_at, first_observed_at, ended_at, last_seen_at, removed_since, sort_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const observation = database.prepare(
    "insert into observation (endpoint_id, deployment_id, at, not_before, status, reported_status, updated_replicas, total_replicas, max_unavailable, warnings) values (?, ?, ?, ?, ?, ?, ?, 60, 6, '[]')",
  );
  for (let nth = 0; nth < rolloutsPerDay; nth += 1) {
    const began = dayStart + nth * (day / rolloutsPerDay / 2);
    const ended = began + (transitions - 1) * between;
    const deployment = `00000000-0000-4000-8000-${String(began).padStart(12, "0").slice(-12)}`;
    const version = String(began % 100_000);
    span.run(id, began, ended + between);
    rollout.run(
      ...[id, deployment, `orgs/acme/models/qwen-3-32b/versions/${version}`, version],
      ...[began, began, ended, ended, ended + between, began],
    );
    for (let step = 0; step < transitions; step += 1) {
      const at = began + step * between;
      const status = step === transitions - 1 ? "done" : "in_progress";
      observation.run(id, deployment, at, step === 0 ? null : at - between, status, status, step + 1);
    }
  }
}
