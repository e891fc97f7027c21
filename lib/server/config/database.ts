import "server-only";

import * as z from "zod";

/** Where history is kept: a file of this machine's, or a PostgreSQL that several instances share. */
export type DatabaseAddress = { engine: "sqlite"; file: string } | { engine: "postgres"; url: string };

const rawCharacters =
  "has a character in its user or password that ends the address too early. Percent-encode it: / as %2F, ? as %3F, # as %23, @ as %40, % as %25.";

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
    "begins with file://, behind which a machine's name would stand. Use file:./data/rollcall.db for a path from here, or file:///var/lib/rollcall.db for one from the root.",
  )
  .refine(
    (text) => !/^file:.*\?/.test(text),
    "has a question mark and settings after it, which a file does not take. Name the file alone, for example file:./data/rollcall.db.",
  )
  .refine((text) => text.startsWith("file:") || !hasRawCharacters(text), rawCharacters)
  .refine(
    (text) => text.startsWith("file:") || namesDatabase(text),
    "must name a machine and a database, for example postgres://user@host/rollcall.",
  )
  .transform((text): DatabaseAddress =>
    text.startsWith("file:")
      ? { engine: "sqlite", file: text.replace(/^file:(\/\/(?=\/))?/, "") }
      : { engine: "postgres", url: text },
  );

/**
 * Whether an address has a fragment, or an @ after what a parser takes for the machine's name: a password with # / or ?
 * in it that nobody encoded. An @ in the value of a setting, as in `?user=a@b`, is fine.
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

/** How people are told where it is: without the password, or anything else that opens it. */
export function databasePlace(address: DatabaseAddress): string {
  if (address.engine === "sqlite") return address.file;
  const { hostname, port, pathname, searchParams } = new URL(address.url);
  const host = hostname === "" ? (searchParams.get("host") ?? "") : hostname;
  return `postgres://${host}${port === "" ? "" : `:${port}`}${pathname}`;
}

/** What of an address must never be shown: its password, as it is written and as it is meant. */
export function databaseSecrets(address: DatabaseAddress): string[] {
  if (address.engine === "sqlite") return [];
  const { password, searchParams } = new URL(address.url);
  const written = [password, searchParams.get("password") ?? ""];
  return [...written, ...written.map(decode)].filter((secret) => secret !== "");
}

/** A password with a percent sign that nobody encoded is meant as it is written. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const usualDatabase = "file:./data/rollcall.db";

/** DATABASE_URL alone, for commands that need no key. Throws with the mistake in it. */
export function readDatabaseSetting(): DatabaseAddress {
  const parsed = databaseAddress.safeParse(process.env["DATABASE_URL"] || usualDatabase);
  if (parsed.success) return parsed.data;
  throw new Error(`DATABASE_URL ${parsed.error.issues[0]?.message ?? "cannot be read."}`);
}
