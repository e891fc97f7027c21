import "server-only";

import { randomInt } from "node:crypto";

import { hash, verify } from "@node-rs/argon2";
import PQueue from "p-queue";

export const shortestPassword = 12;

/** Argon2id with 19 MiB and two passes (OWASP password storage cheat sheet). The hash records these parameters. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each hash takes tens of milliseconds of a core and 19 MiB: more at once would slow down every viewer. */
const atOnce = 2;
const mostWaiting = 30;
const queue = new PQueue({ concurrency: atOnce });

export function hashPassword(password: string): Promise<string> {
  return queue.add(() => hash(password.normalize("NFKC"), cost));
}

let anonymousHash: Promise<string> | null = null;

/**
 * Whether the password matches the hash; "busy" if 30 others are waiting. For an account that does not exist (null) it
 * takes equally long, so that timing does not reveal which accounts exist.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean | "busy"> {
  anonymousHash ??= hashPassword(newOneTimePassword());
  const spare = await anonymousHash;
  if (queue.size >= mostWaiting) return "busy";
  const isRight = await queue.add(() => verify(kept ?? spare, password.normalize("NFKC")));
  return isRight && kept !== null;
}

const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to read from a terminal and type once: 98 bits in four groups. */
export function newOneTimePassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
