import { describe, expect, it } from "vitest";

import {
  asHistory,
  isDamaged,
  isHistoryUnavailable,
  toDatabaseProblem,
  toDatabaseReason,
} from "./database-problem";

function coded(code: string, message = "no"): Error {
  return Object.assign(new Error(message), { code });
}

describe("the problem of a database", () => {
  it.each([
    ["SQLITE_FULL", "the disk is full"],
    ["53100", "the disk is full"],
    ["SQLITE_READONLY_DBMOVED", "the database is read-only"],
    ["25006", "the database is read-only"],
    ["SQLITE_BUSY_SNAPSHOT", "another program keeps it locked"],
    ["SQLITE_CORRUPT_VTAB", "the database is damaged"],
    ["SQLITE_NOTADB", "the database is damaged"],
    ["SQLITE_IOERR_WRITE", "the disk does not take it"],
    ["ECONNREFUSED", "PostgreSQL cannot be reached"],
    ["ENOENT", "a file that DATABASE_URL names cannot be read"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "the certificate of PostgreSQL cannot be verified"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "the certificate of PostgreSQL cannot be verified"],
    ["08006", "PostgreSQL cannot be reached"],
    ["57P01", "PostgreSQL cannot be reached"],
    ["53300", "PostgreSQL has no connection to spare"],
    ["55P03", "PostgreSQL takes too long to answer"],
    ["28P01", "PostgreSQL does not let Rollcall in"],
    ["23505", "the database cannot be written"],
  ])("of code %s is: %s", (code, words) => {
    expect(toDatabaseProblem(coded(code))).toBe(words);
    expect(toDatabaseProblem(new Error("It did not work.", { cause: coded(code) }))).toBe(words);
  });

  it("is found if the error has no message", () => {
    expect(toDatabaseReason(coded("ECONNREFUSED", ""))).toBe("PostgreSQL cannot be reached");
    expect(toDatabaseReason(coded("SQLITE_FULL", "database or disk is full"))).toBe(
      "database or disk is full",
    );
    expect(isDamaged(new Error("No.", { cause: coded("SQLITE_CORRUPT") }))).toBe(true);
    expect(isDamaged(coded("SQLITE_FULL"))).toBe(false);
  });

  it("turns a failed query into HistoryUnavailable, but not a bug", async () => {
    const failing = (error: Error) =>
      asHistory(() => Promise.reject(error))().catch((thrown: unknown) => thrown);
    expect(await failing(coded("ECONNRESET"))).toMatchObject({
      name: "HistoryUnavailable",
      message: "PostgreSQL cannot be reached",
    });
    for (const fault of [new TypeError("x is not a function"), coded("23505")]) {
      expect(isHistoryUnavailable(await failing(fault))).toBe(false);
      expect(await failing(fault)).toBe(fault);
    }
  });
});
