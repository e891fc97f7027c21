import "server-only";

import type { BlockedKeys } from "@/lib/server/access/blocked-keys";
import type { createLastSeen } from "@/lib/server/access/last-seen";
import type { LookupCache } from "@/lib/server/access/lookup-cache";
import type { createRateLimit } from "@/lib/server/access/rate-limit";
import type { createRejectionSummary } from "@/lib/server/access/rejection-summary";
import type { Settings } from "@/lib/server/config/settings";
import type { SettingsFileWatch } from "@/lib/server/config/watch-settings-file";
import type { Account } from "@/lib/server/db/accounts";
import type { Acknowledgement } from "@/lib/server/db/acknowledgements";
import type { GuardedStore } from "@/lib/server/db/guard-store";
import type { GuestLink } from "@/lib/server/db/guest-links";
import type { Screen } from "@/lib/server/db/screens";
import type { ServiceToken } from "@/lib/server/db/service-tokens";
import type { Session } from "@/lib/server/db/sessions";
import type { HistoryStore } from "@/lib/server/db/store";
import type { LeaderElection } from "@/lib/server/leader/leader-election";
import type { Log } from "@/lib/server/log";
import type { UpstreamCount } from "@/lib/server/metrics/count-upstream";
import type { Metrics } from "@/lib/server/metrics/create-metrics";
import type { ClockWatch } from "@/lib/server/poller/clock-watch";
import type { OrganizationMonitors } from "@/lib/server/poller/organization-monitors";
import type { Answered } from "@/lib/server/services/answered";
import type { Habits } from "@/lib/server/services/habits";
import type { createSchedule } from "@/lib/server/services/poll-schedule";
import type { Waiters } from "@/lib/server/services/waiters";
import type { EndpointRegistry } from "@/lib/server/state/endpoint-registry";

import type { Clock } from "./clock";

/**
 * What is made once per process (wiring.ts) and handed to every service. The context of a request is the same except
 * for its log, which carries the request's id.
 */
export type Context = {
  settings: Settings;
  log: Log;
  clock: Clock;
  clockWatch: ClockWatch;
  /** The state of every watched endpoint, across organizations. */
  endpointStore: EndpointRegistry;
  monitors: Pick<OrganizationMonitors, "all">;
  /** What is wrong with the settings file now; null if nothing is, or if there is no file. */
  settingsIssues: SettingsFileWatch["issues"];
  /** Why the settings file that was read last is not in force yet; null if it is. */
  pendingSettings: SettingsFileWatch["pending"];
  election: Pick<LeaderElection, "isLeader" | "outage" | "pollSoon">;
  /**
   * The database as requests use it, behind a breaker: an unreachable database costs them about a second, once. The
   * poller uses the database without one.
   */
  history: GuardedStore;
  /** Since when the database file has been replaced, and what to do; null while it is the one that was opened. */
  fileOutage: HistoryStore["fileOutage"];
  /** Recent answers of the database: about clients, by the hash of their secret, and acknowledgements. */
  lookups: {
    sessions: LookupCache<Session>;
    screens: LookupCache<Screen>;
    /** By the screen's id: what it displays. */
    ownScreens: LookupCache<Screen>;
    guestLinks: LookupCache<GuestLink>;
    serviceTokens: LookupCache<ServiceToken>;
    /** By name: what people who approved screens or created links may do now. */
    accounts: LookupCache<Account>;
    acknowledgements: LookupCache<Acknowledgement[]>;
  };
  /** What viewers were answered lately. */
  answered: Answered;
  /** How the rollouts of each endpoint usually go. */
  habits: Habits;
  /** What `/metrics` shows, and the count of requests to Cerebras. */
  metrics: Metrics;
  upstreamCount: UpstreamCount;
  lastSeen: ReturnType<typeof createLastSeen>;
  schedule: ReturnType<typeof createSchedule>;
  /** Requests that wait for the outcome of a rollout. */
  waiters: Waiters;
  rateLimit: ReturnType<typeof createRateLimit>;
  /** Limits on password attempts that the database recently reported as reached. */
  blockedGuesses: BlockedKeys;
  /** Rejected sign-ins, which the audit log holds as sums. */
  rejections: ReturnType<typeof createRejectionSummary>;
  /** Encrypts what a sign-in with an identity provider keeps in the browser until it returns. */
  handshakeSecret: string;
};

// Instrumentation, route handlers and pages each load their own copy of every module; they share only globalThis.
declare global {
  var rollcallContext: Context | undefined;
}

/** The process's context; null until `startServer` has finished. Services never call this: they are handed theirs. */
export function findContext(): Context | null {
  return globalThis.rollcallContext ?? null;
}
