import "server-only";

import { createBlockedKeys } from "@/lib/server/access/blocked-keys";
import { createLastSeen } from "@/lib/server/access/last-seen";
import { createLookupCache } from "@/lib/server/access/lookup-cache";
import { createRateLimit } from "@/lib/server/access/rate-limit";
import { createRejectionSummary } from "@/lib/server/access/rejection-summary";
import { toHandshakeSecret } from "@/lib/server/config/access";
import { createBreaker } from "@/lib/server/db/breaker";
import { guardStore } from "@/lib/server/db/guard-store";
import type { HistoryStore } from "@/lib/server/db/store";
import { createAnswered } from "@/lib/server/services/answered";
import { createHabits } from "@/lib/server/services/habits";
import { createSchedule } from "@/lib/server/services/poll-schedule";

import type { Context } from "./context";

type Parts = Pick<
  Context,
  | "settings"
  | "log"
  | "clock"
  | "clockWatch"
  | "endpointStore"
  | "monitors"
  | "settingsIssues"
  | "pendingSettings"
  | "election"
  | "metrics"
  | "upstreamCount"
  | "waiters"
> & {
  /** The store that the poller uses, which no breaker guards. */
  history: HistoryStore;
};

/** Adds to what watches and records everything that requests need. */
export function createContext({ history: store, ...parts }: Parts): Context {
  const { clock, log, settings } = parts;
  const now = () => clock().at;
  const breaker = createBreaker({
    ping: store.ping,
    now,
    onChange: (problem) => {
      if (problem === null) log.info("database available again");
      else log.warn({ problem }, "database unavailable, viewers are answered from memory");
    },
  });
  const history = guardStore(store, breaker);
  return {
    ...parts,
    history,
    fileOutage: store.fileOutage,
    lookups: createLookups(history, now, breaker.isAnswering),
    answered: createAnswered(),
    habits: createHabits(history, settings.stallAfter),
    lastSeen: createLastSeen(() => clock().tick),
    schedule: createSchedule(),
    rateLimit: createRateLimit(() => clock().tick),
    blockedGuesses: createBlockedKeys(),
    rejections: createRejectionSummary(),
    handshakeSecret: toHandshakeSecret(settings.access),
  };
}

function createLookups(
  history: Context["history"],
  now: () => number,
  isAnswering: () => boolean,
): Context["lookups"] {
  return {
    sessions: createLookupCache((hash) => history.sessions.find(hash, now()), { isAnswering }),
    screens: createLookupCache((hash) => history.screens.find(hash, now()), { isAnswering }),
    ownScreens: createLookupCache((id) => history.screens.read(id), { isAnswering }),
    // Never fresh, so that a revocation on any server takes effect with the next request.
    guestLinks: createLookupCache((hash) => history.guestLinks.find(hash, now()), {
      isAnswering,
      freshFor: 0,
    }),
    serviceTokens: createLookupCache((hash) => history.serviceTokens.find(hash, now()), { isAnswering }),
    accounts: createLookupCache((name) => history.accounts.find(name), { isAnswering }),
    acknowledgements: createLookupCache(() => history.acknowledgements.list(), { isAnswering }),
  };
}
