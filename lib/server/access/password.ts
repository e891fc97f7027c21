import "server-only";

import { randomInt } from "node:crypto";

import { hash, verify } from "@node-rs/argon2";

export const shortestPassword = 12;

/** Argon2id with 19 MiB and two passes, as OWASP's password storage cheat sheet asks for; the hash says so itself. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What is kept of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

let nobodysHash: Promise<string> | null = null;

/**
 * Whether this is the password behind a hash. For an account that there is not (null) it takes as long to say no,
 * so that the time tells nobody which accounts there are.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  nobodysHash ??= hashPassword(newOneTimePassword());
  const spare = await nobodysHash;
  const isRight = await verify(kept ?? spare, password.normalize("NFKC"));
  return isRight && kept !== null;
}

const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to be read from a terminal and typed once: 98 bits in four groups. */
export function newOneTimePassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
