import "server-only";

import type { Rejection } from "@/lib/server/access/rejection-summary";
import { rollcall } from "@/lib/server/wiring";

import { noteAudit } from "./audit";

const longestNoted = 80;

/**
 * Adds a refused sign-in to the audit log, in which many are a sum (refusal-summary.ts). `name` is what a stranger
 * says they are called, shortened to 80 characters; `about` says why the first one was refused.
 */
export function logRejection(name: string, rejection: Rejection, about: string): Promise<void> {
  const write = (actor: string, what: string) => noteAudit(actor, "was refused", what);
  return rollcall().refusals.note(name.slice(0, longestNoted), rejection, about, write);
}
