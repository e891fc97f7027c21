import "server-only";

import * as z from "zod";

const required = (issue: { input: unknown }, kind: string) =>
  issue.input === undefined ? "is missing." : `must be ${kind}.`;
const text = (kind: string) => z.string({ error: (issue) => required(issue, kind) });

/**
 * The address of a mail server: `smtps://user:password@host:465`, or `smtp://…:587`, where TLS begins with STARTTLS. A
 * password is sent to this machine or over TLS only.
 */
export const smtpAddress = text("the address of a mail server")
  .refine((url) => URL.canParse(url), "must be an address such as smtps://user:password@mail.example.com.")
  .transform((url) => new URL(url))
  .refine(
    ({ protocol }) => protocol === "smtp:" || protocol === "smtps:",
    "must begin with smtps:// or smtp://.",
  )
  .refine(({ hostname }) => hostname !== "", "names no server.")
  .refine(
    ({ pathname, search, hash }) => pathname.replace("/", "") + search + hash === "",
    "must end after the server's name and port.",
  )
  .refine(isDecodable, "has a user name or password in which a % is not part of an escape. Write it as %25.");

function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

const mailbox = /^(?:[^<>",\r\n]{1,100} )?<?[^\s<>"@,]{1,64}@[A-Za-z0-9.-]{1,253}>?$/;

/** `alerts@example.com`, or `Rollcall <alerts@example.com>`. */
export const mailAddress = text("a mail address").regex(
  mailbox,
  "must be a mail address such as alerts@example.com or Rollcall <alerts@example.com>.",
);

/** Values that must never appear in a log or an error. */
export function smtpSecrets({ href, password }: URL): string[] {
  return password === "" ? [] : [href, password, decodeURIComponent(password)];
}
