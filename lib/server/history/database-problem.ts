import "server-only";

import * as z from "zod";

const coded = z.object({ code: z.string() });

/**
 * What keeps a database from being written, by the engine's own code (SQLite result codes; PostgreSQL's
 * SQLSTATE classes, appendix A of its manual; Node's connection errors), as the end of a sentence.
 */
const problems: readonly (readonly [RegExp, string])[] = [
  [/^(SQLITE_FULL|53100|ENOSPC)/, "the disk is full"],
  [/^(SQLITE_READONLY|25006|EROFS|EACCES)/, "the database is read-only"],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, "another program keeps it locked"],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB|XX00[12])/, "the database is damaged"],
  [/^(SQLITE_IOERR|SQLITE_CANTOPEN|58)/, "the disk does not take it"],
  [/^(08|57P|E[A-Z]+$)/, "PostgreSQL cannot be reached"],
  [/^(53)/, "PostgreSQL has no connection to spare"],
  [/^(55P03|57014|40)/, "PostgreSQL takes too long to answer"],
  [/^28|^3D/, "PostgreSQL does not let Rollcall in"],
];

/** Why the database did not take what it was to take: "the disk is full". */
export function toDatabaseProblem(error: unknown): string {
  const { data } = coded.safeParse(error);
  const known = problems.find(([codes]) => data !== undefined && codes.test(data.code));
  if (known !== undefined) return known[1];
  const message = error instanceof Error ? error.message : "";
  if (/timeout|terminated|Connection ended/i.test(message)) return "PostgreSQL cannot be reached";
  return "the database cannot be written";
}
