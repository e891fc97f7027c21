import "server-only";

import { isEndpointId } from "@/lib/domain/endpoint-id";
import type { ListedEndpoint } from "@/lib/domain/endpoint-report";

import { unreadable } from "../failure";
import { fieldSpellings } from "./field-spellings";
import { pick, toObject } from "./fields";
import { parseName } from "./parse-text";
import { findUnreadFields } from "./unread-fields";

const spellings = fieldSpellings.listing;

/**
 * A listing reply. Rows without a usable endpoint id are left out, repeated ones are kept once;
 * throws an UpstreamFailure where there is no list at all.
 */
export function parseListing(json: unknown): { report: ListedEndpoint[]; unreadFields: string[] } {
  const rows = pick(toObject(json) ?? new Map<string, unknown>(), spellings.endpoints);
  if (!Array.isArray(rows)) throw unreadable("no list of endpoints");
  const endpoints = new Map<string, ListedEndpoint>();
  for (const row of rows) {
    const endpoint = parseRow(row);
    if (endpoint !== null && !endpoints.has(endpoint.endpointId))
      endpoints.set(endpoint.endpointId, endpoint);
  }
  return {
    report: [...endpoints.values()],
    unreadFields: findUnreadFields(json, { endpoints: spellings.endpoints }, spellings),
  };
}

function parseRow(row: unknown): ListedEndpoint | null {
  const object = toObject(row);
  if (object === null) return null;
  const endpointId = parseName(pick(object, spellings.endpointId));
  if (endpointId === null || !isEndpointId(endpointId)) return null;
  return {
    endpointId,
    org: parseName(pick(object, spellings.org)),
    modelArch: parseName(pick(object, spellings.modelArch)),
  };
}
