import "server-only";

import { day, minute, type Duration, type Instant } from "@/lib/domain/instant";
import type { BlockedKeys } from "@/lib/server/access/blocked-keys";
import { hashText } from "@/lib/server/access/secret-token";
import type { ClientAddress } from "@/lib/server/access/client-address";
import type { Attempt, AttemptLimit } from "@/lib/server/db/attempts";
import type { HistoryStore } from "@/lib/server/db/store";

/** The window of every limit on passwords. */
const guessesWithin: Duration = 15 * minute;

/**
 * How many wrong passwords are checked in 15 minutes: from one address (an IPv6 /64 counts as one), from one IPv6 /48,
 * for one account from all addresses, and in total. If addresses are unknown, an account has the limit of an address.
 * A browser in which the account signed in before has a separate limit, so that strangers cannot lock people out of the
 * browsers that they use. In a new browser, the owner of an account under attack waits for the window to expire, or
 * sets another password on the command line, which lifts the limits.
 */
export const mostGuesses = { address: 10, wide: 100, account: 30, all: 1_000 } as const;
const mostWithoutAddresses = { account: 10, all: 300 } as const;

/** The origin of an attempt. `address` is null if it is unknown, `browser` if the account never signed in there. */
export type Guesser = { account: string; address: ClientAddress | null; browser: string | null };

/** The limits that a guess counts against; the one that strangers reach first comes first. */
export function toGuessLimits({ account, address, browser }: Guesser): AttemptLimit[] {
  const limit = (key: string, most: number): AttemptLimit => ({ key, most, within: guessesWithin });
  if (browser !== null) return [limit(`browser ${hashText(browser)}`, mostGuesses.address)];
  const ofAccount = `account ${hashText(account)}`;
  if (address === null) {
    return [limit(ofAccount, mostWithoutAddresses.account), limit("all", mostWithoutAddresses.all)];
  }
  return [
    limit(ofAccount, mostGuesses.account),
    limit(`address ${address.near}`, mostGuesses.address),
    ...(address.wide === null ? [] : [limit(`address ${address.wide}`, mostGuesses.wide)]),
    limit("all", mostGuesses.all),
  ];
}

/**
 * Takes a guess from every limit, or from none: then `nextAt` says when the next one is possible. Give back what was
 * taken if the password is right. A limit that was reached a moment ago costs no query.
 */
export async function takeGuess(
  { attempts, blocked }: { attempts: HistoryStore["attempts"]; blocked: BlockedKeys },
  guesser: Guesser,
  now: Instant,
): Promise<{ taken: Attempt[] } | { nextAt: Instant }> {
  const limits = toGuessLimits(guesser);
  const known = blocked.find(
    limits.map(({ key }) => key),
    now,
  );
  if (known !== null) return { nextAt: known };
  for (const limit of limits) {
    const nextAt = await attempts.nextAt(limit, now);
    if (nextAt === null) continue;
    blocked.note(limit.key, nextAt, now);
    return { nextAt };
  }
  const taken: Attempt[] = [];
  for (const limit of limits) {
    const attempt = await attempts.take(limit, now);
    if ("nextAt" in attempt) {
      await giveBack(attempts, taken);
      return attempt;
    }
    taken.push(attempt);
  }
  await attempts.pruneBefore(now - day);
  return { taken };
}

export async function giveBack(attempts: HistoryStore["attempts"], taken: readonly Attempt[]): Promise<void> {
  await Promise.all(taken.map((each) => attempts.giveBack(each)));
}
