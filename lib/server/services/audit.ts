import "server-only";

import { auditListSchema, type AuditList } from "@/lib/contract/audit";
import { second } from "@/lib/domain/instant";
import { rollcall } from "@/lib/server/wiring";

import { encode } from "./encoded";
import type { Answer } from "./read-endpoint";

/** What people do to access, in the words of the log. */
export type AuditAction =
  | "signed in"
  | "was refused"
  | "signed out"
  | "ended sessions"
  | "changed the password"
  | "made a guest link"
  | "revoked a guest link"
  | "approved a screen"
  | "changed a screen"
  | "revoked a screen";

/** Writes down who did what. A log that cannot be written for a moment undoes nothing, and is said on the log. */
export async function noteAudit(actor: string, action: AuditAction, about = ""): Promise<void> {
  const { clock, history, log } = rollcall();
  log.info({ actor, about }, `Access: ${action}.`);
  await history.audit
    .add({ at: clock().at, actor, action, about })
    .catch((error: unknown) => log.error({ fault: String(error) }, "The audit log could not be written."));
}

const perPage = 100;

/** The audit log, newest first, a page at a time. */
export async function readAudit(before: number | null): Promise<Answer<AuditList>> {
  const entries = await rollcall().history.audit.list({ limit: perPage + 1, before });
  const shown = entries.slice(0, perPage);
  const last = entries.length > perPage ? shown.at(-1) : undefined;
  const body = {
    entries: shown,
    nextCursor: last === undefined ? null : String(last.id),
  };
  return { ...encode(auditListSchema, body), age: null, nextPollIn: 15 * second };
}
