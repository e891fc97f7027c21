import "server-only";

import { randomInt } from "node:crypto";

import { hash, verify } from "@node-rs/argon2";
import PQueue from "p-queue";

export const shortestPassword = 12;

/** Argon2id with 19 MiB and two passes, as OWASP's password storage cheat sheet asks for; the hash says so itself. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each takes tens of milliseconds of a core, and 19 MiB: more at once would slow everybody who looks. */
const atOnce = 2;
const mostWaiting = 30;
const queue = new PQueue({ concurrency: atOnce });

/** What is kept of a password. */
export function hashPassword(password: string): Promise<string> {
  return queue.add(() => hash(password.normalize("NFKC"), cost));
}

let anonymousHash: Promise<string> | null = null;

/**
 * Whether this is the password behind a hash; "busy" where 30 others wait already. For an account that there is not
 * (null) it takes as long to say no, so that the time tells nobody which accounts there are.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean | "busy"> {
  anonymousHash ??= hashPassword(newOneTimePassword());
  const spare = await anonymousHash;
  if (queue.size >= mostWaiting) return "busy";
  const isRight = await queue.add(() => verify(kept ?? spare, password.normalize("NFKC")));
  return isRight && kept !== null;
}

const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to be read from a terminal and typed once: 98 bits in four groups. */
export function newOneTimePassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
