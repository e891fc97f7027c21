import "server-only";

import type { Cause } from "@/lib/domain/cause";
import type { FieldUse } from "@/lib/domain/field-use";
import type { Instant } from "@/lib/domain/instant";
import type { NotableEvent } from "@/lib/domain/notable-event";
import type { Destination } from "@/lib/domain/notification-rule";
import type { Observation } from "@/lib/domain/observation";
import type { RolloutFacts } from "@/lib/domain/rollout";
import type { Warning } from "@/lib/domain/warning";

/** An endpoint without its rollouts. */
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

/** The last reply about an endpoint, verbatim. `isShortened`: the body was too long and was cut. */
export type KeptReply = {
  body: string;
  isShortened: boolean;
  unreadFields: readonly string[];
  /** Absent if an older Rollcall wrote the row. */
  fieldUse?: FieldUse | undefined;
};

/** What a poll changes in one rollout. `replaces` is the instant of the observation that the new one replaces. */
export type RolloutChange = { facts: RolloutFacts; observation: Observation | null; replaces?: Instant };

/** Everything that a successful poll adds to history, in one transaction. Absent parts did not change. */
export type Recording = {
  endpointId: string;
  at: Instant;
  /** The span that this poll extends. If `from` equals `at`, the poll opens it. */
  span: { from: Instant };
  endpoint?: EndpointFacts;
  rollouts: readonly RolloutChange[];
  reply?: KeptReply;
};

/** Records on the last span why watching the endpoint stopped. */
export type GapStart = { endpointId: string; spanFrom: Instant; cause: Cause };

/** The endpoint is no longer in the listing. With null, it is listed again. */
export type Delisting = { endpointId: string; removedSince: Instant | null };

/**
 * The clock had jumped ahead and was set back. Rows recorded between `from` and `until` with a time after `latest` are
 * moved back to `latest`. Rows older than `from` stay unchanged.
 */
export type Correction = {
  endpointId: string;
  from: Instant;
  until: Instant;
  latest: Instant;
  cause: Cause;
};

/**
 * An event to be sent to channels. `id` names it for receivers, the same however often it is written. `endpointId` is
 * that of one of its endpoints. `isSilent`: the channel makes no noise of it, so that mutes let it pass.
 */
export type Notification = {
  endpointId: string;
  id: string;
  event: NotableEvent;
  /** Deliveries to one channel with the same thread keep their order. */
  destinations: readonly (Destination & { thread: string; isSilent?: boolean })[];
};

export type Entry =
  | ({ kind: "recording" } & Recording)
  | ({ kind: "gapStart" } & GapStart)
  | ({ kind: "delisting" } & Delisting)
  | ({ kind: "correction" } & Correction)
  | ({ kind: "notification" } & Notification);
