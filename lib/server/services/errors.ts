import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { isHistoryUnavailable } from "@/lib/server/db/database-problem";
import type { Soon } from "@/lib/server/soon";

/** Why a service rejected a request. `http` maps each kind to one status. */
export type ErrorKind =
  | "invalid"
  | "unauthenticated"
  | "denied"
  | "not_found"
  | "conflict"
  | "misdirected"
  | "too_many"
  | "unavailable";

/**
 * An outcome that the response reports, not an internal fault. `message` is a sentence for the person or program that
 * sent the request, and names no internal cause.
 */
export class ServiceError extends Error {
  override readonly name = "ServiceError";

  constructor(
    readonly kind: ErrorKind,
    message: string,
    /** How long to wait before a retry; null if unknown. */
    readonly retryIn: Duration | null = null,
  ) {
    super(message);
  }
}

/** The input is well-formed but not acceptable. */
export const invalid = (message: string) => new ServiceError("invalid", message);

export const denied = (message: string) => new ServiceError("denied", message);

/** Also thrown for resources that the caller cannot access, so that callers cannot tell whether they exist. */
export const notFound = (
  what:
    | "Badge"
    | "Channel"
    | "Endpoint"
    | "Link"
    | "Mute"
    | "Page"
    | "Person"
    | "Screen"
    | "Session"
    | "Token" = "Endpoint",
) => new ServiceError("not_found", `${what} not found, or you do not have access to it.`);

/** The current state of the resource does not allow the request. */
export const conflict = (message: string) => new ServiceError("conflict", message);

/** A limit was reached; `http` adds when to retry. */
export const tooMany = (message: string, retryIn: Duration) => new ServiceError("too_many", message, retryIn);

/** Matches by name: routes and pages have their own copies of this module, and so of the class. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && error.name === "ServiceError";
}

/** The sentence that people read while history is unavailable; null for any other error. */
export function toHistoryProblem(error: unknown): string | null {
  if (!isHistoryUnavailable(error)) return null;
  return `History is unavailable: ${error.message}. Live data is still shown, and Rollcall keeps retrying.`;
}

/** The answer, or null while history is unavailable: for optional parts of a page. */
export async function ifReadable<T>(answer: Promise<T>): Promise<T | null> {
  const known = await orUnreadable(answer);
  return known === "unreadable" ? null : known;
}

/** The answer, or "unreadable" while history is unavailable, where null means something else. */
export async function orUnreadable<T>(answer: Promise<T>): Promise<T | "unreadable"> {
  try {
    return await answer;
  } catch (error) {
    if (isHistoryUnavailable(error)) return "unreadable";
    throw error;
  }
}

/** The answer, or null if it was not found: for pages, which then show their not-found page. */
export async function orNotFound<T>(read: () => Soon<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (isServiceError(error) && error.kind === "not_found") return null;
    throw error;
  }
}
