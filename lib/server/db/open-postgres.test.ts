import { sql } from "kysely";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { newPostgresDatabase } from "./testing/engines";
import { startRefusingPooler } from "./testing/refusing-pooler";
import { openPostgres, type PostgresOptions } from "./open-postgres";
import { openStore } from "./store";

function open(url: string, options?: PostgresOptions) {
  const db = openPostgres(url, options);
  onTestFinished(() => db.destroy());
  return db;
}

const limit = sql<{ value: string }>`select current_setting('statement_timeout') as value`;

describe("a PostgreSQL", () => {
  it("ends slow queries by itself", async () => {
    const { url } = await newPostgresDatabase();
    const db = open(url);
    expect((await limit.execute(db)).rows).toEqual([{ value: "10s" }]);
    expect((await limit.execute(open(url, { isPatient: true }))).rows).toEqual([{ value: "0" }]);
  });

  it("is used without connection time limits behind a pooler that refuses them, and reports it once", async () => {
    const { url } = await newPostgresDatabase();
    const onNoLimits = vi.fn();
    const db = open(await startRefusingPooler(url), { onNoLimits });
    const store = await openStore(db);
    await Promise.all([store.ping(), store.ping(), store.ping()]);
    expect(onNoLimits).toHaveBeenCalledTimes(1);
    expect((await limit.execute(db)).rows).toEqual([{ value: "0" }]);
    const inside = await db.transaction().execute((trx) => limit.execute(trx));
    expect(inside.rows).toEqual([{ value: "10s" }]);
  });

  it("keeps no lock after a migration, on any connection", async () => {
    const { url } = await newPostgresDatabase();
    const db = open(url);
    await openStore(db);
    const locks = await sql`select 1 from pg_locks where locktype = 'advisory' and database = (
      select oid from pg_database where datname = current_database())`.execute(db);
    expect(locks.rows).toEqual([]);
  });

  it("is migrated once by several instances at the same time", async () => {
    const { url } = await newPostgresDatabase();
    await Promise.all([1, 2, 3].map(() => openStore(open(url))));
  });

  it("is verified by its certificate without a warning from the driver", async () => {
    const { url } = await newPostgresDatabase();
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    onTestFinished(() => warn.mockRestore());
    const db = open(`${url}?sslmode=require`);
    await expect(sql`select 1`.execute(db)).rejects.toThrow("does not support SSL");
    expect(warn).not.toHaveBeenCalled();
  });
});
