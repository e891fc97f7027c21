import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { isHistoryUnavailable } from "@/lib/server/db/database-problem";

/** Why a service did not do what it was asked. `http` maps each kind to one status. */
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
 * An outcome that the caller is told about, rather than a fault of ours. `message` is a sentence for the person or
 * program that asked, and names no internal cause.
 */
export class ServiceError extends Error {
  override readonly name = "ServiceError";

  constructor(
    readonly kind: ErrorKind,
    message: string,
    /** When it is worth trying again, if that is known. */
    readonly retryIn: Duration | null = null,
  ) {
    super(message);
  }
}

/** The input is well-formed but not acceptable. */
export const invalid = (message: string) => new ServiceError("invalid", message);

export const denied = (message: string) => new ServiceError("denied", message);

/** Also thrown for what the caller must not know about, so that the two cannot be told apart. */
export const notFound = (what: "Endpoint" | "Link" | "Screen" | "Session" = "Endpoint") =>
  new ServiceError("not_found", `${what} not found, or you do not have access to it.`);

/** The state of the thing does not allow it. */
export const conflict = (message: string) => new ServiceError("conflict", message);

/** A limit was reached; `http` appends when to try again. */
export const tooMany = (message: string, retryIn: Duration) => new ServiceError("too_many", message, retryIn);

/** Matches by name: routes and pages have their own copies of this module, and so of the class. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && error.name === "ServiceError";
}

/** What to say while history is unavailable; null for any other error. */
export function toHistoryProblem(error: unknown): string | null {
  if (!isHistoryUnavailable(error)) return null;
  return `History is unavailable: ${error.message}. Live data is still shown, and Rollcall keeps retrying.`;
}

/** The answer, or null while history is unavailable: for what a page can do without. */
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

/** The answer, or null if there is no such thing: for pages, which have a page of their own for it. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isServiceError(error) && error.kind === "not_found") return null;
    throw error;
  }
}
