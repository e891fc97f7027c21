import "server-only";

import type { Kysely } from "kysely";

import type { Database } from "../db/schema";
import type { OnProgress } from "./progress";

const pageSize = 1_000;

/**
 * Writes all history as JSON lines (history-line.ts), from one snapshot, one page of rows in memory at a time. Each row
 * comes after the rows it refers to. The header counts the rows, so that an import notices an interrupted export.
 */
export async function exportHistory(
  db: Kysely<Database>,
  write: (lines: string) => Promise<void>,
  now: Date,
  onProgress: OnProgress,
): Promise<void> {
  let done = 0;
  let total = 0;
  const put = async (table: string, rows: readonly object[]) => {
    await write(rows.map((row) => `${JSON.stringify({ table, row })}\n`).join(""));
    done += rows.length;
    onProgress(done, total);
  };
  await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      total = await countRows(trx);
      const header = { format: "rollcall-history", version: 1, exportedAt: now.toISOString(), rows: total };
      await write(`${JSON.stringify(header)}\n`);
      await putPages(trx, readEndpoints, (rows) => put("endpoint", rows));
      await putPages(trx, readReplies, (rows) => put("reply", rows));
      await putPages(trx, readRollouts, (rows) => put("rollout", rows));
      await putPages(trx, readSpans, (rows) => put("watch_span", rows));
      // Row ids are not exported: each database assigns its own.
      await putPages(trx, readObservations, (rows) =>
        put(
          "observation",
          rows.map((row) => ({ ...row, id: undefined, messages_between: row.messages_between ?? undefined })),
        ),
      );
    });
}

const tables = ["endpoint", "reply", "rollout", "watch_span", "observation"] as const;

async function countRows(db: Reader): Promise<number> {
  let rows = 0;
  for (const table of tables) {
    const { count } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as("count"))
      .executeTakeFirstOrThrow();
    rows += Number(count);
  }
  return rows;
}

async function putPages<Row>(
  db: Reader,
  read: (db: Reader, after: Row | undefined) => Promise<Row[]>,
  put: (rows: Row[]) => Promise<void>,
): Promise<void> {
  let rows = await read(db, undefined);
  while (rows.length > 0) {
    await put(rows);
    rows = rows.length < pageSize ? [] : await read(db, rows.at(-1));
  }
}

type Reader = Kysely<Database>;

function readEndpoints(db: Reader, after?: { id: string }) {
  const query = db.selectFrom("endpoint").selectAll().orderBy("id").limit(pageSize);
  return (after ? query.where("id", ">", after.id) : query).execute();
}

function readReplies(db: Reader, after?: { endpoint_id: string }) {
  const query = db.selectFrom("reply").selectAll().orderBy("endpoint_id").limit(pageSize);
  return (after ? query.where("endpoint_id", ">", after.endpoint_id) : query).execute();
}

function readRollouts(db: Reader, after?: { endpoint_id: string; deployment_id: string }) {
  const query = db
    .selectFrom("rollout")
    .selectAll()
    .orderBy("endpoint_id")
    .orderBy("deployment_id")
    .limit(pageSize);
  if (!after) return query.execute();
  return query
    .where((eb) =>
      eb(eb.refTuple("endpoint_id", "deployment_id"), ">", eb.tuple(after.endpoint_id, after.deployment_id)),
    )
    .execute();
}

function readSpans(db: Reader, after?: { endpoint_id: string; from_at: number }) {
  const query = db
    .selectFrom("watch_span")
    .selectAll()
    .orderBy("endpoint_id")
    .orderBy("from_at")
    .limit(pageSize);
  if (!after) return query.execute();
  return query
    .where((eb) => eb(eb.refTuple("endpoint_id", "from_at"), ">", eb.tuple(after.endpoint_id, after.from_at)))
    .execute();
}

function readObservations(db: Reader, after?: { id: number }) {
  const query = db.selectFrom("observation").selectAll().orderBy("id").limit(pageSize);
  return (after ? query.where("id", ">", after.id) : query).execute();
}
