import "server-only";

import { createHash, randomBytes } from "node:crypto";

const bytes = 32;
const form = /^[A-Za-z0-9_-]{43}$/;

/** A new token: 256 random bits, in letters that can stand in an address. */
export function newGuestToken(): string {
  return randomBytes(bytes).toString("base64url");
}

/** What is kept of a token; null for what cannot be one. At 256 random bits a plain hash cannot be guessed back. */
export function hashGuestToken(token: string): string | null {
  return form.test(token) ? createHash("sha256").update(token).digest("hex") : null;
}

/** The token in an Authorization header; empty where there is none. */
export function toBearer(authorization: string | null): string {
  return /^Bearer ([A-Za-z0-9_-]+)$/i.exec(authorization ?? "")?.[1] ?? "";
}
