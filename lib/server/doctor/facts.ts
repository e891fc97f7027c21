import "server-only";

import type { Cause } from "@/lib/domain/cause";
import type { RolloutState } from "@/lib/domain/endpoint-report";
import type { Duration, Instant } from "@/lib/domain/instant";
import type { DatabaseAddress } from "@/lib/server/config/database";
import type { SettingsMistake } from "@/lib/server/config/issues";

/** What a question to Cerebras brought: something, nothing yet (neither), or a cause why not. */
export type Asked<T> = { answer: T | null; cause: Cause | null };

/** The newest deployment of an endpoint as its last reply described it; null: none is deployed. */
export type LastReply = {
  newest: Pick<
    RolloutState,
    "status" | "reportedStatus" | "updatedReplicas" | "totalReplicas" | "maxUnavailable"
  > | null;
  /** Fields of the reply that nothing reads. */
  unreadFields: readonly string[];
};

export type UpstreamFacts = {
  host: string;
  /** Null where no organization is listed; the answer is how many endpoints the list names. */
  org: { name: string; listing: Asked<number> } | null;
  endpoints: readonly { id: string; reply: Asked<LastReply> }[];
  /** How far our clock is ahead of Cerebras's, give or take a second; null while nothing was answered. */
  clockSkew: Duration | null;
};

export type DatabaseFacts = {
  engine: DatabaseAddress["engine"];
  /** Where it is, without credentials. */
  place: string;
  /** Why it cannot be written, and since when where that is known; null: it can. */
  problem: { reason: string; since: Instant | null } | null;
};

/** Who asks Cerebras: this process, another one that holds the lease, or nobody that we know of. */
type WatcherFacts = { kind: "here" | "elsewhere"; nextPollAt: Instant | null } | { kind: "nowhere" };

/** Everything that the checks look at. What could not be looked at, for a mistake in the settings, is null. */
export type DoctorFacts = {
  now: Instant;
  mistakes: readonly SettingsMistake[];
  /** Whether Rollcall runs, with other settings than those that hold the mistakes. */
  isRunning: boolean;
  /** One for each organization that is watched. */
  upstream: readonly UpstreamFacts[] | null;
  database: DatabaseFacts | null;
  watcher: WatcherFacts;
};
