import "server-only";

import { worstFirst, type Incident } from "@/lib/domain/incident";
import type { Instant } from "@/lib/domain/instant";

import { unreadable } from "../failure";
import { type JsonObject, pick, toObject } from "./fields";
import { parseName } from "./values";

const mostIncidents = 20;
const mostInLink = 500;

/** Words for an incident that is over: the list should not have such a one. */
const over: ReadonlySet<string> = new Set(["resolved", "postmortem", "completed"]);

/**
 * The open incidents in a reply to `/api/v2/incidents/unresolved.json` of a status page (Statuspage API, version 2): the
 * worst 20. An entry without an id and a name is left out. Throws unreadable_reply where there is no list.
 */
export function parseIncidents(bytes: Buffer): Incident[] {
  const listed = toObject(parseJson(bytes))?.get("incidents");
  if (!Array.isArray(listed)) throw unreadable("no list of incidents");
  const incidents = new Map<string, Incident>();
  for (const row of listed) {
    const object = toObject(row);
    const incident = object === null ? null : parseIncident(object);
    if (incident !== null && !over.has(incident.status)) incidents.set(incident.id, incident);
  }
  return worstFirst([...incidents.values()]).slice(0, mostIncidents);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw unreadable("json");
  }
}

function parseIncident(object: JsonObject): Incident | null {
  const [id, name] = [parseName(pick(object, ["id"])), parseName(pick(object, ["name"]))];
  if (id === null || name === null || name.trim() === "") return null;
  return {
    ...{ id, name },
    status: parseName(pick(object, ["status"])) ?? "unknown",
    impact: parseName(pick(object, ["impact"])),
    startedAt: parseMoment(pick(object, ["started_at", "created_at"])),
    link: parseLink(pick(object, ["shortlink"])),
  };
}

/** ISO 8601 with the page's own offset. */
function parseMoment(value: unknown): Instant | null {
  const at = typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? null : at;
}

/** The address is drawn as a link, so nothing but http and https may be in it, and no credentials. */
function parseLink(value: unknown): string | null {
  if (typeof value !== "string" || value.length > mostInLink || !URL.canParse(value)) return null;
  const { protocol, username, password, href } = new URL(value);
  return /^https?:$/.test(protocol) && username === "" && password === "" ? href : null;
}
