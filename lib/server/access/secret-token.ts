import "server-only";

import { createHash, createHmac, randomBytes, randomInt } from "node:crypto";

const bytes = 32;
const form = /^[A-Za-z0-9_-]{43}$/;

/** A new secret: 256 random bits, in letters that can stand in an address or a cookie. */
export function newSecretToken(): string {
  return randomBytes(bytes).toString("base64url");
}

/** What is kept of a token; null for what cannot be one. At 256 random bits a plain hash cannot be guessed back. */
export function hashSecretToken(token: string): string | null {
  return form.test(token) ? hashText(token) : null;
}

/** The token that follows from another one for a purpose: always the same, and it does not tell the other one. */
export function deriveSecretToken(token: string, purpose: string): string {
  return createHmac("sha256", token).update(purpose).digest("base64url");
}

/** The token in an Authorization header; empty where there is none. */
export function toBearer(authorization: string | null): string {
  return /^Bearer ([A-Za-z0-9_-]+)$/i.exec(authorization ?? "")?.[1] ?? "";
}

/** Consonants that are not confused with one another, so that no code is a word (RFC 8628, 6.1). */
const codeLetters = "BCDFGHJKLMNPQRSTVWXZ";
const codeLength = 8;
const codeForm = new RegExp(`^[${codeLetters}]{${codeLength}}$`);

/** A code that a person reads from a screen and types on a phone: 20^8 there are, for ten minutes each. */
export function newScreenCode(): string {
  const letters = Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]);
  return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
}

/** What is kept of a screen's code, however it was typed; null for what cannot be one. */
export function hashScreenCode(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  return codeForm.test(letters) ? hashText(letters) : null;
}

/** Something to look up by that does not say what it was made of. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
