import "server-only";

import { auditListSchema, type AuditList } from "@/lib/contract/audit";
import { second } from "@/lib/domain/instant";
import type { Rejection } from "@/lib/server/access/rejection-summary";
import type { Context } from "@/lib/server/context";
import type { AuditedTables } from "@/lib/server/db/audited";

import { encode, type Answer } from "./answer";

/** The actions in the audit log, worded as people read them there. */
type AuditAction =
  | "signed in"
  | "was refused"
  | "signed out"
  | "ended sessions"
  | "changed the password"
  | "made a guest link"
  | "revoked a guest link"
  | "approved a screen"
  | "changed a screen"
  | "revoked a screen"
  | "restored a screen"
  | "identified a screen"
  | "reloaded a screen"
  | "made a sign-in link"
  | "added a person"
  | "reset a password"
  | "changed a person’s access"
  | "removed a person"
  | "made a service token"
  | "revoked a service token"
  | "sent a notification again"
  | "muted an endpoint"
  | "unmuted an endpoint"
  | "acknowledged a failure"
  | "withdrew an acknowledgement";

/** Who did what; `about` names the thing in words that hold no secret. */
type Deed = { actor: string; action: AuditAction; about?: string };

/**
 * Makes a change and writes its audit entry in one transaction: both are kept, or neither. `change` uses only the
 * tables that it is given, and throws to undo everything.
 */
export async function changeAudited<T>(
  { clock, history, log }: Context,
  { actor, action, about = "" }: Deed,
  change: (tables: AuditedTables) => Promise<T>,
): Promise<T> {
  const result = await history.audited.change(async (tables) => {
    const changed = await change(tables);
    await tables.audit.add({ at: clock().at, actor, action, about });
    return changed;
  });
  log.info({ actor, action, about }, "access changed");
  return result;
}

const longestNoted = 80;

/**
 * Adds a rejected sign-in to the audit log, which holds many as one sum (rejection-summary.ts). `name` is the account
 * that a stranger typed, shortened to 80 characters; `about` says why the first one was rejected. A log that cannot
 * be written changes nothing for the client.
 */
export function logRejection(
  { clock, history, log, rejections }: Context,
  { name, rejection, about }: { name: string; rejection: Rejection; about: string },
): Promise<void> {
  const action: AuditAction = "was refused";
  const write = async (actor: string, what: string): Promise<void> => {
    log.info({ actor, action, about: what }, "sign-in rejected");
    await history.audit
      .add({ at: clock().at, actor, action, about: what })
      .catch((error: unknown) => log.error({ err: error }, "audit log not written"));
  };
  return rejections.note(name.slice(0, longestNoted), rejection, about, write);
}

const perPage = 100;

/** A page of the audit log, newest first, from before the entry with this id. */
export async function readAudit(
  { history }: Context,
  { before }: { before: number | null },
): Promise<Answer<AuditList>> {
  const entries = await history.audit.list({ limit: perPage + 1, before });
  const shown = entries.slice(0, perPage);
  const last = entries.length > perPage ? shown.at(-1) : undefined;
  const body = {
    entries: shown,
    nextCursor: last === undefined ? null : String(last.id),
  };
  return { ...encode(auditListSchema, body), age: null, nextPollIn: 15 * second };
}
