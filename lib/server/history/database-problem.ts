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
  if (isHistoryUnavailable(error)) return error.message;
  const { data } = coded.safeParse(error);
  const known = problems.find(([codes]) => data !== undefined && codes.test(data.code));
  if (known !== undefined) return known[1];
  const message = error instanceof Error ? error.message : "";
  if (/timeout|terminated|Connection ended/i.test(message)) return "PostgreSQL cannot be reached";
  return "the database cannot be written";
}

/** The engine's own words, or ours where it has none: a connection refused at several addresses says nothing. */
export function toDatabaseReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === "" ? toDatabaseProblem(error) : message;
}

/** What was asked of history cannot be read now. `message` says why, as the end of a sentence. */
class HistoryUnavailable extends Error {
  override readonly name = "HistoryUnavailable";
  constructor(error: unknown) {
    super(toDatabaseProblem(error), { cause: error });
  }
}

/** By its name: pages and routes have copies of this module of their own, and of the class. */
export function isHistoryUnavailable(error: unknown): error is HistoryUnavailable {
  return error instanceof Error && error.name === "HistoryUnavailable";
}

/** The same question; what the engine refuses becomes HistoryUnavailable, and what cannot be parsed stays as it is. */
export function asHistory<Q extends unknown[], A>(
  ask: (...question: Q) => Promise<A>,
): (...question: Q) => Promise<A> {
  return async (...question) => {
    try {
      return await ask(...question);
    } catch (error) {
      throw error instanceof z.ZodError ? error : new HistoryUnavailable(error);
    }
  };
}
