import "server-only";

import * as z from "zod";

/** Where history is stored: a local file, or a PostgreSQL database that several instances can share. */
export type DatabaseAddress = { engine: "sqlite"; file: string } | { engine: "postgres"; url: string };

const rawCharacters =
  "has a special character in its user name or password. Percent-encode it: / as %2F, ? as %3F, # as %23, @ as %40, % as %25.";

/** `file:path`, `file:/path`, `file:///path` or `postgres://…`. */
export const databaseAddress = z
  .string()
  .refine(
    (text) => /^(file:|postgres(ql)?:)/.test(text),
    "must begin with file: (for example file:./data/rollcall.db) or postgres:// (for example postgres://user@host/rollcall).",
  )
  .refine((text) => text !== "file:", "names no file after file:.")
  .refine(
    (text) => !/^file:\/\/(?!\/)/.test(text),
    "begins with file://, which would be followed by a host name. Use file:./data/rollcall.db for a relative path, or file:///var/lib/rollcall.db for an absolute one.",
  )
  .refine(
    (text) => !/^file:.*\?/.test(text),
    "has parameters after a question mark, which a file does not support. Name the file alone, for example file:./data/rollcall.db.",
  )
  .refine((text) => text.startsWith("file:") || !hasRawCharacters(text), rawCharacters)
  .refine(
    (text) => text.startsWith("file:") || namesDatabase(text),
    "must name a host and a database, for example postgres://user@host/rollcall.",
  )
  .transform((text): DatabaseAddress =>
    text.startsWith("file:")
      ? { engine: "sqlite", file: text.replace(/^file:(\/\/(?=\/))?/, "") }
      : { engine: "postgres", url: text },
  );

/**
 * Whether an address has a fragment, or an @ after the part that a parser reads as the host: a password with an
 * unencoded # / or ?. An @ in a parameter's value, as in `?user=a@b`, is fine.
 */
function hasRawCharacters(text: string): boolean {
  const [, authority = "", rest = ""] = /^\w+:\/\/([^/?#]*)(.*)$/s.exec(text) ?? [];
  if (rest.includes("#")) return true;
  if (authority.includes("@") || !rest.includes("@")) return false;
  return !/^\/[^@?]*\?.*=/s.test(rest);
}

function namesDatabase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { hostname, pathname, searchParams } = new URL(text);
  return (hostname !== "" || searchParams.has("host")) && pathname.length > 1;
}

/** The address for people to read, without user, password and parameters. */
export function databasePlace(address: DatabaseAddress): string {
  if (address.engine === "sqlite") return address.file;
  const { hostname, port, pathname, searchParams } = new URL(address.url);
  const host = hostname === "" ? (searchParams.get("host") ?? "") : hostname;
  return `postgres://${host}${port === "" ? "" : `:${port}`}${pathname}`;
}

/** The password in an address, encoded and decoded: it must never be shown. */
export function databaseSecrets(address: DatabaseAddress): string[] {
  if (address.engine === "sqlite") return [];
  const { password, searchParams } = new URL(address.url);
  const written = [password, searchParams.get("password") ?? ""];
  return [...written, ...written.map(decode)].filter((secret) => secret !== "");
}

/** A password with an unencoded percent sign is used as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const usualDatabase = "file:./data/rollcall.db";

/** Reads DATABASE_URL alone, for commands that need no key. Throws an error that says what is wrong with it. */
export function readDatabaseSetting(): DatabaseAddress {
  const parsed = databaseAddress.safeParse(process.env["DATABASE_URL"] || usualDatabase);
  if (parsed.success) return parsed.data;
  throw new Error(`DATABASE_URL ${parsed.error.issues[0]?.message ?? "cannot be read."}`);
}
