import "server-only";

import { minute, type Duration } from "@/lib/domain/instant";

const every: Duration = 15 * minute;
const mostNames = 20;
/** Names are what strangers type: past the first 20 of a window they count together. */
const otherNames = "other accounts";

/**
 * What became of a sign-in: its password was checked and wrong, it was not checked at all, or an identity provider
 * vouched for somebody whom no rule lets in.
 */
export type Rejection = "wrong" | "not checked" | "not let in";
type Write = (actor: string, about: string) => Promise<void>;
type Counts = Record<Rejection, number>;

/**
 * Turns refused sign-ins into few audit entries, however many there are: the first one of an account is written at
 * once, and the others of its 15 minutes as one sum when the window ends. At most 42 entries a window.
 */
export function createRejectionSummary() {
  let counts = new Map<string, Counts>();

  function end(write: Write): void {
    const ended = counts;
    counts = new Map();
    for (const [name, { wrong, "not checked": unchecked, "not let in": unknown }] of ended) {
      const parts = [
        ...(wrong > 0 ? [`${wrong} more with a wrong account or password`] : []),
        ...(unchecked > 0 ? [`${unchecked} not checked after too many`] : []),
        ...(unknown > 0 ? [`${unknown} more that no rule lets in`] : []),
      ];
      if (parts.length > 0) void write(name, `within 15 minutes: ${parts.join(", ")}`);
    }
  }

  return {
    /** `write` adds an audit entry; `about` says what is special about the first one. */
    note: async (name: string, rejection: Rejection, about: string, write: Write): Promise<void> => {
      if (counts.size === 0) setTimeout(() => end(write), every).unref();
      const key = counts.has(name) || counts.size < mostNames ? name : otherNames;
      const known = counts.get(key);
      if (known !== undefined) {
        known[rejection] += 1;
        return;
      }
      counts.set(key, { wrong: 0, "not checked": 0, "not let in": 0 });
      await write(key, about);
    },
  };
}
