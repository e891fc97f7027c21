import "server-only";

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const form = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

/**
 * The cookie value that a browser keeps after a password sign-in: a random browser name, and an HMAC keyed with the
 * account's password hash (OWASP, device cookies). Nothing is stored on the server; a new password invalidates it. A
 * valid former value keeps its name.
 */
export function toKnownBrowser(account: string, passwordHash: string, former: string | null): string {
  const name = readKnownBrowser(former, account, passwordHash) ?? randomBytes(16).toString("base64url");
  return `${name}.${sign(account, passwordHash, name).toString("base64url")}`;
}

/** The browser's name if the value proves that this account signed in there before; otherwise null. */
export function readKnownBrowser(value: string | null, account: string, passwordHash: string): string | null {
  const [, name, proof] = form.exec(value ?? "") ?? [];
  if (name === undefined || proof === undefined) return null;
  const expected = sign(account, passwordHash, name);
  const given = Buffer.from(proof, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected) ? name : null;
}

function sign(account: string, passwordHash: string, name: string): Buffer {
  return createHmac("sha256", passwordHash).update(`known browser\n${account}\n${name}`).digest();
}
