import "server-only";

import type { Generated } from "kysely";

import type { TrafficMinuteTable, TrafficSourceTable } from "./traffic-schema";

/**
 * The tables. Instants are integer milliseconds UTC, ids and JSON are text, so nothing here depends on the engine. Rows
 * are parsed when they are read (rows.ts).
 */
export type Database = {
  endpoint: EndpointTable;
  reply: ReplyTable;
  rollout: RolloutTable;
  observation: ObservationTable;
  watch_span: WatchSpanTable;
  guest_link: GuestLinkTable;
  lease: LeaseTable;
  snapshot: SnapshotTable;
  account: AccountTable;
  session: SessionTable;
  attempt: AttemptTable;
  screen: ScreenTable;
  pairing: PairingTable;
  audit: AuditTable;
  acknowledgement: AcknowledgementTable;
  service_token: ServiceTokenTable;
  early_poll: EarlyPollTable;
  notification: NotificationTable;
  delivery: DeliveryTable;
  endpoint_mute: EndpointMuteTable;
  traffic_minute: TrafficMinuteTable;
  traffic_source: TrafficSourceTable;
};

/** An endpoint that a follower asks the leader to poll early. */
type EarlyPollTable = { endpoint_id: string };

/** An event that people are notified about, with the facts that it speaks of. */
type NotificationTable = {
  id: string;
  kind: string;
  /** Null: it is about an organization. */
  endpoint_id: string | null;
  thread: string;
  at: number;
  /** JSON, enough to word the message later. */
  event: string;
};

/** One notification to one channel. `thread` and `at` are those of the notification. */
type DeliveryTable = {
  notification_id: string;
  channel: string;
  thread: string;
  at: number;
  state: string;
  attempts: number;
  next_attempt_at: number;
  /** When the newest attempt began; null before the first. */
  attempted_at: number | null;
  error: string | null;
  /** What the receiver calls the message. */
  receipt: string | null;
};

/** An endpoint whose notifications are not sent for a while. */
type EndpointMuteTable = { endpoint_id: string; until_at: number; account: string | null };

/** The last acknowledged failure of an endpoint, and who acknowledged it. */
type AcknowledgementTable = {
  endpoint_id: string;
  deployment_id: string;
  account: string | null;
  at: number;
};

/** An account that signs in with a password. */
type AccountTable = {
  name: string;
  password_hash: string;
  /** 1 if the owner must choose another password at the first sign-in. */
  is_one_time: number;
  /** When a one-time password expires; null: never. */
  one_time_until: number | null;
  role: string;
  orgs: string | null;
  changed_at: number;
};

type SessionTable = {
  id: string;
  token_hash: string;
  subject: string;
  account: string;
  /** The identity from the sign-in, as JSON. Every request derives the user's access from it. */
  identity: string;
  browser: string | null;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
};

/** A slot of a rate limit (attempts.ts). `at` is when it was last taken. */
type AttemptTable = { key: string; slot: number; at: number };

type ScreenTable = {
  id: string;
  /** Null until the screen has fetched its pass. */
  pass_hash: string | null;
  name: string;
  display_settings: string;
  orgs: string | null;
  /** The subject and the displayed name of the user who approved it. */
  approved_by: string;
  approver: string;
  approver_identity: string | null;
  created_at: number;
  last_seen_at: number | null;
  expires_at: number;
  /** When it was last asked to show its name, and to reload. */
  identified_at: number | null;
  reloaded_at: number | null;
  /** A revoked screen can be restored for a few seconds; null: not revoked. */
  revoked_at: number | null;
};

/** A device that shows a code and waits. `screen_id` is set on approval. */
type PairingTable = {
  device_hash: string;
  code_hash: string;
  screen_id: string | null;
  expires_at: number;
};

type AuditTable = { id: Generated<number>; at: number; actor: string; action: string; about: string };

/** One row: the lease of the leader election. */
type LeaseTable = {
  name: string;
  /** Incremented with each new leader. Writes with an older token are refused. */
  fencing_token: number;
  /** Null after the leader has released the lease. */
  holder: string | null;
  /** Incremented with every write of the leader. */
  renewals: number;
};

/** State of the leader that is not part of history. Followers show it to their viewers. */
type SnapshotTable = {
  name: string;
  /** The lease's `renewals` when it was written. */
  revision: number;
  body: string;
};

type GuestLinkTable = {
  id: string;
  token_hash: string;
  endpoint_id: string;
  name: string;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
  last_used_at: number | null;
  made_by: string | null;
  maker_identity: string | null;
};

type ServiceTokenTable = {
  id: string;
  token_hash: string;
  name: string;
  /** A list as JSON. */
  scopes: string;
  orgs: string | null;
  /** The displayed name of the person who made it. */
  made_by: string;
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
};

type EndpointTable = {
  id: string;
  org: string | null;
  model_arch: string | null;
  created_at: number | null;
  updated_at: number | null;
  warnings: string;
  first_observed_at: number;
  /** Since when the listing no longer names it; null while it does. */
  removed_since: number | null;
};

type ReplyTable = {
  endpoint_id: string;
  body: string;
  is_shortened: number;
  unread_fields: string;
  /** Null in rows that an older Rollcall wrote. */
  field_use: string | null;
};

type RolloutTable = {
  endpoint_id: string;
  deployment_id: string;
  model: string | null;
  version: string | null;
  version_alias: string | null;
  created_at: number | null;
  first_observed_at: number;
  ended_at: number | null;
  error_since: number | null;
  /** When it was last listed. Null while it is still listed: then the end of the newest span counts. */
  last_seen_at: number | null;
  removed_since: number | null;
  /** `created_at`, or `first_observed_at` if that is not reported. Decides which rollout is newest. */
  sort_at: number;
};

type ObservationTable = {
  id: Generated<number>;
  endpoint_id: string;
  deployment_id: string;
  at: number;
  not_before: number | null;
  status: string;
  reported_status: string | null;
  updated_replicas: number | null;
  total_replicas: number | null;
  max_unavailable: number | null;
  error_message: string | null;
  warnings: string;
  /**
   * Observations in a row that differ only in their error messages are kept as two: the first, and the newest. This is
   * set on the newest, and counts the others.
   */
  messages_between: number | null;
};

type WatchSpanTable = {
  endpoint_id: string;
  from_at: number;
  until_at: number;
  broken_by_code: string | null;
  broken_by_message: string | null;
};
