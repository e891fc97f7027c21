import "server-only";

import * as z from "zod";

import { databaseAwayDigest } from "@/lib/contract/error-digest";

const coded = z.object({ code: z.string() });

const damaged = "the database is damaged";
const locked = "another program keeps it locked";
const crowded = "PostgreSQL has no connection to spare";
const refusedEntry = "PostgreSQL does not let Rollcall in";
const unreachable = "PostgreSQL cannot be reached";
/** What is said of a PostgreSQL that answers late or not at all. */
export const tooSlow = "PostgreSQL takes too long to answer";
const unknownCertificate = "the certificate of PostgreSQL cannot be verified";

/**
 * What keeps a database from being written, by the engine's own code (SQLite result codes; PostgreSQL's
 * SQLSTATE classes, appendix A of its manual; Node's connection errors), as the end of a sentence.
 */
const problems: readonly (readonly [RegExp, string])[] = [
  [/^(SQLITE_FULL|53100|ENOSPC)/, "the disk is full"],
  [/^(SQLITE_READONLY|25006|EROFS|EACCES)/, "the database is read-only"],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, locked],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB|XX00[12])/, damaged],
  [/^(SQLITE_IOERR|SQLITE_CANTOPEN|58)/, "the disk does not take it"],
  [/^(ENOENT|EISDIR)$/, "a file that DATABASE_URL names cannot be read"],
  [/^(08|57P|E[A-Z]+$)/, unreachable],
  // OpenSSL's reasons, as Node spells them.
  [/^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_CERT_)/, unknownCertificate],
  [/^(53)/, crowded],
  [/^(55P03|57014|40)/, tooSlow],
  [/^28|^3D/, refusedEntry],
];

/** Why the database did not do what it was to do, if it is the engine that says so: "the disk is full". */
function findProblem(error: unknown): string | null {
  const { data } = coded.safeParse(error);
  const known = problems.find(([codes]) => data !== undefined && codes.test(data.code));
  if (known !== undefined) return known[1];
  if (!(error instanceof Error)) return null;
  if (error.name === "DatabaseFileRemoved") return error.message;
  if (/timeout|terminated|Connection ended|not queryable/i.test(error.message)) return unreachable;
  return error.cause === undefined ? null : findProblem(error.cause);
}

/** The same of what was to be written, with a last word for what no engine has named. */
export function toDatabaseProblem(error: unknown): string {
  return findProblem(error) ?? "the database cannot be written";
}

/** Codes of an engine that answers and does not take this very row: values, constraints, sizes, triggers. */
const refusals = /^(21|22|23|54|P0|SQLITE_(CONSTRAINT|TOOBIG|MISMATCH))/;

/** Whether it is what was to be written that the database does not take, and not the database that is in trouble. */
export function isRefusedRow(error: unknown): boolean {
  return refusals.test(coded.safeParse(error).data?.code ?? "");
}

/** The engine's own words, or ours where it has none: a connection refused at several addresses says nothing. */
export function toDatabaseReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === "" ? toDatabaseProblem(error) : message;
}

/**
 * What an engine says of one statement that it will not take however often it is offered: a constraint, a trigger,
 * a value out of range (SQLite result codes; PostgreSQL's classes 22, 23, 54 and P0001; what the driver cannot bind).
 */
const rejections = /^(SQLITE_CONSTRAINT|SQLITE_TOOBIG|SQLITE_MISMATCH|SQLITE_RANGE|22|23|54|P0001)/;

/** Whether the engine itself names what it rejects. An error without a code may be a fault of ours, or of the driver. */
export function isNamedByEngine(error: unknown): boolean {
  return coded.safeParse(error).success;
}

/** Whether it is what was to be written that the database does not take, and not the database that does not work. */
export function isRejection(error: unknown): boolean {
  const { data } = coded.safeParse(error);
  return data === undefined
    ? error instanceof TypeError || error instanceof RangeError
    : rejections.test(data.code);
}

export function isDamaged(error: unknown): boolean {
  return findProblem(error) === damaged;
}

/** Whether no question at all gets through to the database. */
export function isAway(error: unknown): boolean {
  const problem = findProblem(error);
  return [unreachable, unknownCertificate, crowded, refusedEntry].some((each) => each === problem);
}

/** Whether the database answers this question too late, or is locked while it is asked. */
export function isTooSlow(error: unknown): boolean {
  const problem = findProblem(error);
  return problem === tooSlow || problem === locked;
}

/** Codes of an engine that still answers questions, and only cannot be written. */
const unwritable = /^(SQLITE_FULL|SQLITE_READONLY|SQLITE_BUSY|25006|53100)/;

/** Whether the error, or what caused it, says that the database cannot be written; it may be read all the same. */
export function isUnwritable(error: unknown): boolean {
  const { data } = coded.safeParse(error);
  if (data !== undefined && unwritable.test(data.code)) return true;
  return error instanceof Error && error.cause !== undefined && isUnwritable(error.cause);
}

export function isUnknownCertificate(error: unknown): boolean {
  return findProblem(error) === unknownCertificate;
}

export function isUnreachable(error: unknown): boolean {
  return findProblem(error) === unreachable;
}

/** What was asked of history cannot be read now. `message` says why, as the end of a sentence. */
export class HistoryUnavailable extends Error {
  override readonly name = "HistoryUnavailable";
  /** What the framework lets an error page know of an error. */
  readonly digest = databaseAwayDigest;
}

/** By its name: pages and routes have copies of this module of their own, and of the class. */
export function isHistoryUnavailable(error: unknown): error is HistoryUnavailable {
  return error instanceof Error && error.name === "HistoryUnavailable";
}

/** The same question. Where the engine says why it cannot answer that becomes HistoryUnavailable; our own faults stay faults. */
export function asHistory<Q extends unknown[], A>(
  ask: (...question: Q) => Promise<A>,
): (...question: Q) => Promise<A> {
  return async (...question) => {
    try {
      return await ask(...question);
    } catch (error) {
      const problem = findProblem(error);
      throw problem === null ? error : new HistoryUnavailable(problem, { cause: error });
    }
  };
}
