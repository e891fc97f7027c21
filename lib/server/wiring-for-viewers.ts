import "server-only";

import { createLastSeen } from "@/lib/server/access/last-seen";
import { createRecall, type Recall } from "@/lib/server/access/recall";
import type { Account } from "@/lib/server/history/accounts";
import type { Acknowledgement } from "@/lib/server/history/acknowledgements";
import { createBreaker } from "@/lib/server/history/breaker";
import { guardStore, type GuardedStore } from "@/lib/server/history/guard-store";
import type { GuestLink } from "@/lib/server/history/guest-links";
import type { Screen } from "@/lib/server/history/screen-rows";
import type { Session } from "@/lib/server/history/sessions";
import type { HistoryStore } from "@/lib/server/history/store";
import type { Log } from "@/lib/server/log";
import type { Clock } from "@/lib/server/watch/clock";

/** The database as viewers use it. The watcher uses its own, which nothing keeps from waiting. */
export type ForViewers = {
  /** Behind a breaker: a database that is away costs viewers about a second, once. */
  history: GuardedStore;
  /** Since when the database file is another one, and what to do; null while it is the same. */
  fileTrouble: HistoryStore["fileTrouble"];
  /** What the database said a moment ago: of visitors, by the hash of what they show, and of what people noted. */
  recall: {
    sessions: Recall<Session>;
    screens: Recall<Screen>;
    /** By the screen's id: what it shows. */
    ownScreens: Recall<Screen>;
    guestLinks: Recall<GuestLink>;
    /** By name: what those who approved screens and made links may do now. */
    accounts: Recall<Account>;
    acknowledgements: Recall<Acknowledgement[]>;
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
    fileTrouble: parts.history.fileTrouble,
    recall: {
      sessions: createRecall((hash) => history.sessions.find(hash, now()), { isAnswering }),
      screens: createRecall((hash) => history.screens.find(hash, now()), { isAnswering }),
      ownScreens: createRecall((id) => history.screens.read(id), { isAnswering }),
      // Asked for each time, so that a revocation on any server binds the next request.
      guestLinks: createRecall((hash) => history.guestLinks.find(hash, now()), { isAnswering, freshFor: 0 }),
      accounts: createRecall((name) => history.accounts.find(name), { isAnswering }),
      acknowledgements: createRecall(() => history.acknowledgements.list(), { isAnswering }),
    },
    lastSeen: createLastSeen(() => clock().tick),
  };
}
