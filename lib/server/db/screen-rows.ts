import "server-only";

import * as z from "zod";

import { displaySettingsSchema, type DisplaySettings } from "@/lib/contract/screen";
import type { Instant } from "@/lib/domain/instant";

import { instant, instantOrNull, json, orgsOrNull } from "./rows-of-access";
import { identityOrNull, type Identity } from "./sessions";

/** A screen as it is kept: of its pass only the hash. */
export type Screen = {
  id: string;
  name: string;
  displaySettings: DisplaySettings;
  /** What whoever approved it was limited to; null: to nothing. */
  orgs: readonly string[] | null;
  /** The subject of who approved it, and what people know them by. */
  approvedBy: string;
  approver: string;
  /** What the approver's identity provider said last; null for an account with a password, and in older rows. */
  approverIdentity: Identity | null;
  createdAt: Instant;
  /** Null: it has not fetched its pass yet. */
  lastSeenAt: Instant | null;
  expiresAt: Instant;
};

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  display_settings: json.pipe(z.custom<unknown>()).transform((value) => displaySettingsSchema.parse(value)),
  orgs: orgsOrNull,
  approved_by: z.string(),
  approver: z.string(),
  approver_identity: identityOrNull,
  created_at: instant,
  last_seen_at: instantOrNull,
  expires_at: instant,
});

/** Reads a row of the table of screens; throws where it is none. */
export function parseScreen(row: unknown): Screen {
  const { display_settings, approved_by, approver_identity, created_at, last_seen_at, expires_at, ...rest } =
    rowSchema.parse(row);
  return {
    ...rest,
    displaySettings: display_settings,
    approvedBy: approved_by,
    approverIdentity: approver_identity,
    createdAt: created_at,
    lastSeenAt: last_seen_at,
    expiresAt: expires_at,
  };
}
