import "server-only";

import { minute, type Duration } from "@/lib/domain/instant";

const every: Duration = 15 * minute;
const mostNames = 20;
/** Anyone can type any name: beyond 20 per window, names are counted together. */
const otherNames = "other accounts";

/** Why a sign-in failed: wrong password, not checked because of a limit, or no rule gives the account access. */
export type Rejection = "wrong" | "not checked" | "no access";
type Write = (actor: string, about: string) => Promise<void>;
type Counts = Record<Rejection, number>;

/**
 * Limits the audit entries for failed sign-ins: the first one of an account is written at once, the others of the next
 * 15 minutes as one entry with their number. At most 42 entries per window.
 */
export function createRejectionSummary() {
  let counts = new Map<string, Counts>();

  function end(write: Write): void {
    const ended = counts;
    counts = new Map();
    for (const [name, { wrong, "not checked": unchecked, "no access": unknown }] of ended) {
      const parts = [
        ...(wrong > 0 ? [`${wrong} more with a wrong account or password`] : []),
        ...(unchecked > 0 ? [`${unchecked} not checked because of the limit`] : []),
        ...(unknown > 0 ? [`${unknown} more without access`] : []),
      ];
      if (parts.length > 0) void write(name, `within 15 minutes: ${parts.join(", ")}`);
    }
  }

  return {
    /** `write` adds an audit entry; `about` describes the first one. */
    note: async (name: string, rejection: Rejection, about: string, write: Write): Promise<void> => {
      if (counts.size === 0) setTimeout(() => end(write), every).unref();
      const key = counts.has(name) || counts.size < mostNames ? name : otherNames;
      const known = counts.get(key);
      if (known !== undefined) {
        known[rejection] += 1;
        return;
      }
      counts.set(key, { wrong: 0, "not checked": 0, "no access": 0 });
      await write(key, about);
    },
  };
}
