import "server-only";

import { parseCursor, type RolloutPage } from "@/lib/server/services/rollouts";
import { invalid } from "@/lib/server/services/errors";

const defaultLimit = 50;
const mostPerPage = 100;
const unknownCursor = "cursor does not come from this list. Start again without it.";

/** The `limit` (1 to 100, 50 by default) and `cursor` of a paged list. Throws invalid. */
export function parsePage(query: URLSearchParams): RolloutPage {
  const limit = query.get("limit") ?? String(defaultLimit);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > mostPerPage) {
    throw invalid(`limit must be an integer from 1 to ${mostPerPage}.`);
  }
  const text = query.get("cursor");
  const cursor = text === null ? null : parseCursor(text);
  if (text !== null && cursor === null) {
    throw invalid(unknownCursor);
  }
  return { limit: Number(limit), cursor };
}

/** The `cursor` of a list whose entries are numbered; null for its beginning. Throws invalid. */
export function parseEntryCursor(query: URLSearchParams): number | null {
  const text = query.get("cursor");
  if (text === null) return null;
  if (!/^\d{1,15}$/.test(text)) {
    throw invalid(unknownCursor);
  }
  return Number(text);
}
