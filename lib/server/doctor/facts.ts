import "server-only";

import type { Cause } from "@/lib/domain/cause";
import type { RolloutState } from "@/lib/domain/endpoint-report";
import type { VersionCatalog } from "@/lib/domain/model-version";
import type { Duration, Instant } from "@/lib/domain/instant";
import type { DatabaseAddress } from "@/lib/server/config/database";
import type { SettingsMistake } from "@/lib/server/config/issues";

/** The result of a call to Cerebras: an answer, a cause of failure, or neither while there is no reply yet. */
export type Asked<T> = { answer: T | null; cause: Cause | null };

/** From an endpoint's last reply. `newest` is its newest deployment; null: none is deployed. */
export type LastReply = {
  newest: Pick<
    RolloutState,
    "status" | "reportedStatus" | "updatedReplicas" | "totalReplicas" | "maxUnavailable"
  > | null;
  /** Fields of the reply that Rollcall does not read. */
  unreadFields: readonly string[];
};

/** How far the listing stands for polls of endpoints. */
export type HintFacts = {
  /** Endpoints that it covers, and how often they are polled. */
  covered: number;
  interval: Duration | null;
  /** Endpoints whose hint proved false. */
  failed: readonly {
    id: string;
    at: Instant;
    reason: "unmoved" | "older_than_deployment" | "false_alarms";
  }[];
  /** Endpoints for which it has proven nothing yet. */
  unproven: number;
};

export type UpstreamFacts = {
  host: string;
  /** Absent before a start, without a listing, and if the settings turn it off. */
  hint?: HintFacts;
  /** The versions behind the deployments, by architecture; absent before a start. */
  catalogs?: readonly VersionCatalog[];
  /** Null if no organization is set; the answer is the number of endpoints listed. */
  org: { name: string; listing: Asked<number> } | null;
  endpoints: readonly { id: string; reply: Asked<LastReply> }[];
  /** How many endpoints the last reply of the Metrics API named; absent if that is not configured. */
  metrics?: Asked<number>;
  /** How far our clock is ahead of Cerebras's, within a second; null before the first reply. */
  clockSkew: Duration | null;
};

export type DatabaseFacts = {
  engine: DatabaseAddress["engine"];
  /** Without credentials. */
  place: string;
  /** Why it cannot be written; null: it can. `since` is null if unknown. */
  problem: { reason: string; since: Instant | null } | null;
};

/** Who polls Cerebras: this instance, another one that holds the lease, or unknown. */
type WatcherFacts =
  | {
      kind: "here" | "elsewhere";
      nextPollAt: Instant | null;
      /** The interval of idle endpoints, if the request limit stretched it; null if it did not. */
      stretchedTo: Duration | null;
    }
  | { kind: "nowhere" };

/** Input of the checks. Null if mistakes in the settings kept it from being read. */
export type DoctorFacts = {
  now: Instant;
  mistakes: readonly SettingsMistake[];
  /** Whether a server is running, with the previous settings. */
  isRunning: boolean;
  /** One per organization. */
  upstream: readonly UpstreamFacts[] | null;
  database: DatabaseFacts | null;
  /** How many open incidents the provider's status page reports; null: none is set up. */
  statusPage: Asked<number> | null;
  watcher: WatcherFacts;
};
