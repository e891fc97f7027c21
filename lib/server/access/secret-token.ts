import "server-only";

import { createHash, createHmac, randomBytes, randomInt } from "node:crypto";

const bytes = 32;
const form = /^[A-Za-z0-9_-]{43}$/;

/** A new secret: 256 random bits, in characters that are safe in an address or a cookie. */
export function newSecretToken(): string {
  return randomBytes(bytes).toString("base64url");
}

/** The stored hash of a token; null for an invalid token. A plain hash is enough for 256 random bits. */
export function hashSecretToken(token: string): string | null {
  return form.test(token) ? hashText(token) : null;
}

/** Marks the value of a service token, so that programs that search for leaked secrets recognize it. */
const servicePrefix = "rollcall_";

/** A new value of a service token. */
export function newServiceToken(): string {
  return servicePrefix + newSecretToken();
}

/** Whether a bearer looks like a service token, and not like the token of a guest link. */
export function isServiceToken(bearer: string): boolean {
  return bearer.startsWith(servicePrefix);
}

/** The stored hash of a service token's value; null for an invalid one. */
export function hashServiceToken(value: string): string | null {
  return isServiceToken(value) ? hashSecretToken(value.slice(servicePrefix.length)) : null;
}

/** Derives a token from another one for a purpose. It is always the same, and does not reveal the other one. */
export function deriveSecretToken(token: string, purpose: string): string {
  return createHmac("sha256", token).update(purpose).digest("base64url");
}

/** The token in an Authorization header; empty if there is none. */
export function toBearer(authorization: string | null): string {
  return /^Bearer ([A-Za-z0-9_-]+)$/i.exec(authorization ?? "")?.[1] ?? "";
}

/** Consonants only, so that no code is a word, and none that are easily confused (RFC 8628, 6.1). */
const codeLetters = "BCDFGHJKLMNPQRSTVWXZ";
const codeLength = 8;
const codeForm = new RegExp(`^[${codeLetters}]{${codeLength}}$`);

/** A code to read from a screen and type on a phone: one of 20^8, valid for ten minutes. */
export function newScreenCode(): string {
  const letters = Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]);
  return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
}

/** The stored hash of a screen's code, in any case, with or without spaces and hyphen; null for an invalid code. */
export function hashScreenCode(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  return codeForm.test(letters) ? hashText(letters) : null;
}

/** A lookup key that does not reveal its input. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
