import "server-only";

import type { Cause } from "@/lib/domain/cause";
import type { Instant } from "@/lib/domain/instant";
import type { Observation } from "@/lib/domain/observation";
import type { RolloutFacts } from "@/lib/domain/rollout";
import type { Warning } from "@/lib/domain/warning";

/** What is known about an endpoint beside its rollouts. */
export type EndpointFacts = {
  endpointId: string;
  org: string | null;
  modelArch: string | null;
  createdAt: Instant | null;
  updatedAt: Instant | null;
  warnings: readonly Warning[];
  /** Since when the listing no longer names the endpoint. */
  removedSince: Instant | null;
};

/** A reply as it came. */
export type KeptReply = { body: string; isShortened: boolean; unreadFields: readonly string[] };

/** What a poll says of one rollout. `replaces` is the instant of the observation whose place the new one takes. */
export type RolloutChange = { facts: RolloutFacts; observation: Observation | null; replaces?: Instant };

/** Everything one good poll adds to history; recorded whole or not at all. Absent parts did not change. */
export type Recording = {
  endpointId: string;
  at: Instant;
  /** The span that this poll extends or, with `from` equal to `at`, opens. */
  span: { from: Instant };
  endpoint?: EndpointFacts;
  rollouts: readonly RolloutChange[];
  reply?: KeptReply;
};

/** Marks why watching an endpoint broke off, on the span that ended. */
export type GapStart = { endpointId: string; spanFrom: Instant; cause: Cause };

/** That the listing stopped (or, with null, began again) to name an endpoint. */
export type Delisting = { endpointId: string; removedSince: Instant | null };

/**
 * That a clock that had jumped ahead was set back: what was recorded between `from` and `until` is moved back to
 * `latest` where it is later. What is older than `from` is left alone.
 */
export type Correction = {
  endpointId: string;
  from: Instant;
  until: Instant;
  latest: Instant;
  cause: Cause;
};

export type Entry =
  | ({ kind: "recording" } & Recording)
  | ({ kind: "gapStart" } & GapStart)
  | ({ kind: "delisting" } & Delisting)
  | ({ kind: "correction" } & Correction);
