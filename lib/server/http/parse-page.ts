import "server-only";

import { parseCursor, type RolloutPage } from "@/lib/server/services/read-rollouts";

import { BadRequest } from "./get-route";

const defaultLimit = 50;
const mostPerPage = 100;

/** Reads `limit` (1 to 100, 50 by default) and `cursor` of a paged list. Throws BadRequest. */
export function parsePage(query: URLSearchParams): RolloutPage {
  const limit = query.get("limit") ?? String(defaultLimit);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > mostPerPage) {
    throw new BadRequest(`limit must be a whole number from 1 to ${mostPerPage}.`);
  }
  const text = query.get("cursor");
  const cursor = text === null ? null : parseCursor(text);
  if (text !== null && cursor === null) {
    throw new BadRequest("cursor is not one that this list handed out. Start again without it.");
  }
  return { limit: Number(limit), cursor };
}

/** Reads the `cursor` of a list whose entries are numbered; null for its beginning. Throws BadRequest. */
export function parseEntryCursor(query: URLSearchParams): number | null {
  const text = query.get("cursor");
  if (text === null) return null;
  if (!/^\d{1,15}$/.test(text)) {
    throw new BadRequest("cursor is not one that this list handed out. Start again without it.");
  }
  return Number(text);
}
