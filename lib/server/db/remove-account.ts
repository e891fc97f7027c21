import "server-only";

import type { Instant } from "@/lib/domain/instant";

import type { HistoryStore } from "./store";

type Tables = Pick<HistoryStore, "accounts" | "guestLinks" | "screens" | "sessions">;

/** What ended together with an account. */
export type RemovedWith = { sessions: number; screens: number; guestLinks: number };

/** The permanent id of a person with a password, in sessions, screens and guest links. */
export function toPasswordSubject(name: string): string {
  return `password:${name}`;
}

/**
 * Removes an account with its sessions, the screens it approved and the guest links it created. Null if there is no such
 * account.
 */
export async function removeAccountRows(
  { accounts, guestLinks, screens, sessions }: Tables,
  name: string,
  now: Instant,
): Promise<RemovedWith | null> {
  if (!(await accounts.remove(name))) return null;
  const subject = toPasswordSubject(name);
  return {
    sessions: await sessions.endAllOf(subject),
    screens: await screens.revokeAllOf(subject),
    guestLinks: await guestLinks.revokeAllOf(subject, now),
  };
}
