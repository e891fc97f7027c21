import "server-only";

import type { Kysely, Transaction } from "kysely";
import type * as z from "zod";

import { inTransaction } from "../db/transaction";
import type { Database } from "../db/schema";
import { headerLine, parseHistoryLine, toLineProblem, type HistoryLine } from "./history-line";
import type { OnProgress } from "./progress";

const mostNamed = 50;

/** Some lines could not be read, and nothing was imported. The message names them by number. */
export class BadLines extends Error {}

/**
 * Adds exported history to the database in one transaction. Existing rows stay, except that a span keeps its longer version
 * and a rollout gets its end. Importing the same lines again changes nothing. Resolves with the number of rows read.
 */
export async function importHistory(
  db: Kysely<Database>,
  lines: AsyncIterable<string>,
  onProgress: OnProgress,
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const bad: string[] = [];
    let expected: number | null = null;
    let number = 0;
    let hasMore = false;
    for await (const line of lines) {
      number += 1;
      if (number === 1) {
        expected = readHeader(line).rows ?? null;
        continue;
      }
      const problem = await importLine(trx, line, number);
      onProgress(number - 1, expected);
      if (problem === null) continue;
      if (bad.length < mostNamed) bad.push(`line ${number}: ${problem}`);
      else hasMore = true;
    }
    if (number === 0) throw new BadLines("Nothing was imported: there was no line to read.");
    if (bad.length > 0) throw new BadLines(toReport(bad, hasMore));
    if (expected !== null && number - 1 < expected)
      throw new BadLines(
        `Nothing was imported: the export was interrupted. It has ${number - 1} of ${expected} rows. Export again.`,
      );
    return number - 1;
  });
}

function toReport(bad: readonly string[], hasMore: boolean): string {
  const more = hasMore ? ["… and possibly others below"] : [];
  return ["Nothing was imported. These lines cannot be read:", ...bad, ...more].join("\n  ");
}

function readHeader(line: string): z.infer<typeof headerLine> {
  try {
    return headerLine.parse(JSON.parse(line));
  } catch (error) {
    const example = '{"format":"rollcall-history","version":1,…}';
    throw new BadLines(`Nothing was imported. Line 1 is not the header of an export, such as ${example}.`, {
      cause: error,
    });
  }
}

/** Imports one line. Returns what is wrong with it, or null. */
async function importLine(trx: Transaction<Database>, line: string, number: number): Promise<string | null> {
  if (line.trim() === "") return null;
  const parsed = readLine(line);
  if (typeof parsed === "string") return parsed;
  try {
    await importRow(trx, parsed);
    return null;
  } catch (error) {
    // After an error PostgreSQL rejects every further statement of the transaction, so later lines cannot be checked.
    throw new BadLines(toReport([`line ${number}: ${toLineProblem(error)}`], true), { cause: error });
  }
}

/** The line, or what is wrong with it. */
function readLine(line: string): HistoryLine | string {
  try {
    return parseHistoryLine(line);
  } catch (error) {
    return toLineProblem(error);
  }
}

async function importRow(trx: Transaction<Database>, line: HistoryLine): Promise<void> {
  switch (line.table) {
    case "endpoint":
      await trx
        .insertInto("endpoint")
        .values(line.row)
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
      return;
    case "reply":
      await trx
        .insertInto("reply")
        .values(line.row)
        .onConflict((conflict) => conflict.column("endpoint_id").doNothing())
        .execute();
      return;
    case "rollout":
      return importRollout(trx, line.row);
    case "watch_span":
      return importSpan(trx, line.row);
    case "observation":
      await trx
        .insertInto("observation")
        .values(line.row)
        .onConflict((conflict) => conflict.columns(["endpoint_id", "deployment_id", "at"]).doNothing())
        .execute();
  }
}

type RowOf<Table extends HistoryLine["table"]> = Extract<HistoryLine, { table: Table }>["row"];

async function importRollout(trx: Transaction<Database>, row: RowOf<"rollout">): Promise<void> {
  await trx
    .insertInto("rollout")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["endpoint_id", "deployment_id"]).doUpdateSet((eb) => ({
        ended_at: eb.fn.coalesce("rollout.ended_at", "excluded.ended_at"),
        error_since: eb.fn.coalesce("rollout.error_since", "excluded.error_since"),
      })),
    )
    .execute();
}

async function importSpan(trx: Transaction<Database>, row: RowOf<"watch_span">): Promise<void> {
  await trx
    .insertInto("watch_span")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["endpoint_id", "from_at"])
        .doUpdateSet((eb) => ({
          until_at: eb.ref("excluded.until_at"),
          broken_by_code: eb.ref("excluded.broken_by_code"),
          broken_by_message: eb.ref("excluded.broken_by_message"),
        }))
        .where((eb) =>
          eb.or([
            eb("excluded.until_at", ">", eb.ref("watch_span.until_at")),
            eb.and([
              eb("excluded.until_at", "=", eb.ref("watch_span.until_at")),
              eb("watch_span.broken_by_code", "is", null),
            ]),
          ]),
        ),
    )
    .execute();
}
