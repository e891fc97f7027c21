import "server-only";

import { createLastSeen } from "@/lib/server/access/last-seen";
import { createLookupCache, type LookupCache } from "@/lib/server/access/lookup-cache";
import type { Account } from "@/lib/server/db/accounts";
import type { Acknowledgement } from "@/lib/server/db/acknowledgements";
import { createBreaker } from "@/lib/server/db/breaker";
import { guardStore, type GuardedStore } from "@/lib/server/db/guard-store";
import type { GuestLink } from "@/lib/server/db/guest-links";
import type { Screen } from "@/lib/server/db/screens";
import type { Session } from "@/lib/server/db/sessions";
import type { HistoryStore } from "@/lib/server/db/store";
import type { Log } from "@/lib/server/log";
import type { Clock } from "./clock";

/** The database as viewers use it. The watcher uses its own, which nothing keeps from waiting. */
export type ForViewers = {
  /** Behind a breaker: a database that is away costs viewers about a second, once. */
  history: GuardedStore;
  /** Since when the database file is another one, and what to do; null while it is the same. */
  fileOutage: HistoryStore["fileOutage"];
  /** What the database said a moment ago: of visitors, by the hash of what they show, and of what people noted. */
  lookups: {
    sessions: LookupCache<Session>;
    screens: LookupCache<Screen>;
    /** By the screen's id: what it shows. */
    ownScreens: LookupCache<Screen>;
    guestLinks: LookupCache<GuestLink>;
    /** By name: what those who approved screens and made links may do now. */
    accounts: LookupCache<Account>;
    acknowledgements: LookupCache<Acknowledgement[]>;
  };
  lastSeen: ReturnType<typeof createLastSeen>;
};

/** Opens it over the store that the watcher uses. */
export function openForViewers(parts: { history: HistoryStore; clock: Clock; log: Log }): ForViewers {
  const { clock, log } = parts;
  const now = () => clock().at;
  const breaker = createBreaker({
    ping: parts.history.ping,
    now,
    onChange: (problem) => {
      if (problem === null) log.info("database answers viewers again");
      else log.warn({ problem }, "database unavailable, viewers are answered from memory");
    },
  });
  const history = guardStore(parts.history, breaker);
  const { isAnswering } = breaker;
  return {
    history,
    fileOutage: parts.history.fileOutage,
    lookups: {
      sessions: createLookupCache((hash) => history.sessions.find(hash, now()), { isAnswering }),
      screens: createLookupCache((hash) => history.screens.find(hash, now()), { isAnswering }),
      ownScreens: createLookupCache((id) => history.screens.read(id), { isAnswering }),
      // Asked for each time, so that a revocation on any server binds the next request.
      guestLinks: createLookupCache((hash) => history.guestLinks.find(hash, now()), {
        isAnswering,
        freshFor: 0,
      }),
      accounts: createLookupCache((name) => history.accounts.find(name), { isAnswering }),
      acknowledgements: createLookupCache(() => history.acknowledgements.list(), { isAnswering }),
    },
    lastSeen: createLastSeen(() => clock().tick),
  };
}
