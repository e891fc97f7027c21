import "server-only";

import * as z from "zod";

import { databaseAwayDigest } from "@/lib/contract/error-digest";

const coded = z.object({ code: z.string() });

const damaged = "the database is damaged";
const locked = "another program keeps it locked";
const crowded = "PostgreSQL has no connection to spare";
const refusedEntry = "PostgreSQL does not let Rollcall in";
const unreachable = "PostgreSQL cannot be reached";
/** For a PostgreSQL that answers late or not at all. */
export const tooSlow = "PostgreSQL takes too long to answer";
const unknownCertificate = "the certificate of PostgreSQL cannot be verified";

/**
 * Why the database fails, as the end of a sentence, by the code of the error: SQLite result codes, PostgreSQL SQLSTATE
 * classes (appendix A of its manual), and Node's connection errors.
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

/** Why the database failed, such as "the disk is full"; null if the error does not come from the engine. */
function findProblem(error: unknown): string | null {
  const { data } = coded.safeParse(error);
  const known = problems.find(([codes]) => data !== undefined && codes.test(data.code));
  if (known !== undefined) return known[1];
  if (!(error instanceof Error)) return null;
  if (error.name === "DatabaseFileRemoved") return error.message;
  if (/timeout|terminated|Connection ended|not queryable/i.test(error.message)) return unreachable;
  return error.cause === undefined ? null : findProblem(error.cause);
}

/** Why a write failed, with a general answer for unknown errors. */
export function toDatabaseProblem(error: unknown): string {
  return findProblem(error) ?? "the database cannot be written";
}

/** The engine works but refuses this row: values, constraints, sizes, triggers. */
const refusals = /^(21|22|23|54|P0|SQLITE_(CONSTRAINT|TOOBIG|MISMATCH))/;

/** Whether the row is at fault, and not the database. */
export function isRefusedRow(error: unknown): boolean {
  return refusals.test(coded.safeParse(error).data?.code ?? "");
}

/** The engine's message, or ours if it is empty, as when several addresses refuse a connection. */
export function toDatabaseReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === "" ? toDatabaseProblem(error) : message;
}

/**
 * Errors of a statement that would fail on every retry: a constraint, a trigger, a value out of range. SQLite result
 * codes, and PostgreSQL's classes 22, 23, 54 and P0001.
 */
const rejections = /^(SQLITE_CONSTRAINT|SQLITE_TOOBIG|SQLITE_MISMATCH|SQLITE_RANGE|22|23|54|P0001)/;

/** Whether the error has an engine's code. Without a code it may be a bug of ours, or of the driver. */
export function isNamedByEngine(error: unknown): boolean {
  return coded.safeParse(error).success;
}

/** Whether a retry cannot succeed. Drivers throw TypeError or RangeError for values that they cannot bind. */
export function isRejection(error: unknown): boolean {
  const { data } = coded.safeParse(error);
  return data === undefined
    ? error instanceof TypeError || error instanceof RangeError
    : rejections.test(data.code);
}

export function isDamaged(error: unknown): boolean {
  return findProblem(error) === damaged;
}

/** Whether no query reaches the database. */
export function isAway(error: unknown): boolean {
  const problem = findProblem(error);
  return [unreachable, unknownCertificate, crowded, refusedEntry].some((each) => each === problem);
}

/** Whether the query took too long, or met a lock. */
export function isTooSlow(error: unknown): boolean {
  const problem = findProblem(error);
  return problem === tooSlow || problem === locked;
}

/** Codes of an engine that still serves reads but cannot write. */
const unwritable = /^(SQLITE_FULL|SQLITE_READONLY|SQLITE_BUSY|25006|53100)/;

/** Whether the error, or its cause, says that the database cannot be written. It may still be readable. */
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

/** History cannot be read now. `message` says why, as the end of a sentence. */
export class HistoryUnavailable extends Error {
  override readonly name = "HistoryUnavailable";
  /** Next.js passes only the digest of an error to an error page. */
  readonly digest = databaseAwayDigest;
}

/** Compares the name, because pages and routes load separate copies of this module and its class. */
export function isHistoryUnavailable(error: unknown): error is HistoryUnavailable {
  return error instanceof Error && error.name === "HistoryUnavailable";
}

/** Wraps a query: errors that the engine explains become HistoryUnavailable. Others are bugs and stay unchanged. */
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
