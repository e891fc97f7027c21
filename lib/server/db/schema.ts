import "server-only";

import type { Generated } from "kysely";

/**
 * The tables. Instants are integer milliseconds UTC, ids are text, JSON is text: nothing here
 * depends on the engine. Rows are parsed when they are read (rows.ts).
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
};

/** Whose failure was seen last on an endpoint, and by whom. */
type AcknowledgementTable = {
  endpoint_id: string;
  deployment_id: string;
  account: string | null;
  at: number;
};

/** Who signs in with a password. */
type AccountTable = {
  name: string;
  password_hash: string;
  /** 1: it was made for its owner, who chooses another at the first sign-in. */
  is_one_time: number;
  role: string;
  orgs: string | null;
  changed_at: number;
};

type SessionTable = {
  id: string;
  token_hash: string;
  subject: string;
  account: string;
  /** What the sign-in said of the person, as JSON: what they may do follows from it anew each time. */
  identity: string;
  browser: string | null;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
};

/** One of the few guesses that a key has within a time; `at` is when it was taken last. */
type AttemptTable = { key: string; slot: number; at: number };

type ScreenTable = {
  id: string;
  /** Null until the screen has fetched its pass. */
  pass_hash: string | null;
  name: string;
  display_settings: string;
  orgs: string | null;
  /** The subject of who approved it, and what people know them by. */
  approved_by: string;
  approver: string;
  approver_identity: string | null;
  created_at: number;
  last_seen_at: number | null;
  expires_at: number;
};

/** A screen that shows a code and waits; `screen_id` once somebody approved it. */
type PairingTable = {
  device_hash: string;
  code_hash: string;
  screen_id: string | null;
  expires_at: number;
};

type AuditTable = { id: Generated<number>; at: number; actor: string; action: string; about: string };

/** One row: who watches. */
type LeaseTable = {
  name: string;
  /** Grows by one whenever it changes hands; what is written under an older one is refused. */
  fencing_token: number;
  /** Null: nobody, whoever held it gave it back. */
  holder: string | null;
  /** Grows by one with everything that its holder writes. */
  renewals: number;
};

/** What the watching instance shows its viewers beside history, for the other instances to show theirs. */
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
  /** The last moment at which it was listed; null while it still is (then: the end of the newest span). */
  last_seen_at: number | null;
  removed_since: number | null;
  /** `created_at`, or `first_observed_at` where that is not reported: newest first by this. */
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
   * Set on the newest of several observations in a row that differ in their texts alone: how many others there
   * were between the one before and this one, which are not kept.
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
