import "server-only";

import { isHistoryUnavailable } from "@/lib/server/db/database-problem";

/** What to say where history could not be read; null for any other error. */
export function toHistoryProblem(error: unknown): string | null {
  if (!isHistoryUnavailable(error)) return null;
  return `History cannot be read now: ${error.message}. What is watched goes on being shown live; this is tried again.`;
}

/** The answer, or null while history cannot be read: for what a page can be shown without. */
export async function ifReadable<T>(answer: Promise<T>): Promise<T | null> {
  const known = await orUnreadable(answer);
  return known === "unreadable" ? null : known;
}

/** The answer, or "unreadable" where null means that there is no such thing. */
export async function orUnreadable<T>(answer: Promise<T>): Promise<T | "unreadable"> {
  try {
    return await answer;
  } catch (error) {
    if (isHistoryUnavailable(error)) return "unreadable";
    throw error;
  }
}
