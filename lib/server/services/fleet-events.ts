import "server-only";

import {
  endpointEventSchema,
  fleetEventListSchema,
  type FleetEvent,
  type FleetEventList,
} from "@/lib/contract/event";
import { day, second, type Instant } from "@/lib/domain/instant";
import { toGapEvents, toRolloutEvents, type EndpointEvent } from "@/lib/presentation/event";
import type { Principal } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import { eventSources, type EventPlace, type EventSource } from "@/lib/server/db/event-place";
import type { RecordedChange } from "@/lib/server/db/fleet-events";

import { encode, type Answer } from "./answer";
import { invalid } from "./errors";

/** Without `since`, the list begins this long ago. */
const usualSpan = day;

/**
 * What was recorded about all endpoints that the caller may see, oldest first, so that a program can go on with
 * `nextCursor` from then on. A page has at most `limit` changes; one change can be several events, and those of other kinds
 * than the wanted one are left out.
 */
export async function readFleetEvents(
  ctx: Context,
  { principal, query }: { principal: Principal; query: URLSearchParams },
): Promise<Answer<FleetEventList>> {
  const wish = parseWish(query, ctx.clock().at);
  const { kind, organization } = wish;
  const allowed = "orgs" in principal ? principal.orgs : [];
  const orgs =
    organization === null
      ? allowed
      : allowed === null || allowed.includes(organization)
        ? [organization]
        : [];
  const filter = { ...wish, orgs, limit: wish.limit + 1 };
  const changes = await ctx.history.readFleetChanges(filter, sourcesOf(kind));
  const shown = changes.slice(0, wish.limit);
  const last = shown.at(-1);
  const body = {
    events: shown.flatMap(toEvents).filter((event) => kind === null || event.kind === kind),
    nextCursor: last === undefined ? query.get("cursor") : formatCursor(last),
    hasMore: changes.length > wish.limit,
  };
  return { ...encode(fleetEventListSchema, body), age: null, nextPollIn: 5 * second };
}

type Kind = EndpointEvent["kind"];
const kinds: readonly Kind[] = endpointEventSchema.shape.kind.options;

function sourcesOf(kind: Kind | null): readonly EventSource[] {
  if (kind === null) return eventSources;
  if (kind === "gap" || kind === "watching_again") return ["span"];
  return kind === "no_longer_reported" ? ["removal"] : ["observation"];
}

function toEvents(change: RecordedChange): FleetEvent[] {
  const { endpointId, org } = change;
  return toEndpointEvents(change).map((event) => ({
    ...event,
    id: `${endpointId}-${event.id}`,
    endpointId,
    organization: org,
  }));
}

function toEndpointEvents(change: RecordedChange): EndpointEvent[] {
  switch (change.source) {
    case "observation": {
      const { facts, observation, former } = change;
      const rollout = {
        facts: { ...facts, removed: null },
        observations: former === null ? ([observation] as const) : ([former, observation] as const),
      };
      return toRolloutEvents(rollout).filter(({ before }) => before === observation.at);
    }
    case "span":
      return toGapEvents([
        { from: change.former.until, until: change.span.from, cause: change.former.brokenBy },
      ]);
    case "removal":
      return toRolloutEvents({ facts: change.facts, observations: [change.latest] }).filter(
        ({ kind }) => kind === "no_longer_reported",
      );
  }
}

function parseWish(query: URLSearchParams, now: Instant) {
  const kind = query.get("kind");
  const known = kinds.find((each) => each === kind) ?? null;
  if (kind !== null && known === null) throw invalid(`kind must be one of ${kinds.join(", ")}.`);
  const cursor = query.get("cursor");
  const place = cursor === null ? null : parseCursor(cursor);
  if (cursor !== null && place === null) throw invalid("cursor must be the nextCursor of another page.");
  return {
    kind: known,
    organization: query.get("organization"),
    endpointId: query.get("endpoint"),
    after: place ?? { at: parseInstant(query, "since") ?? now - usualSpan },
    until: parseInstant(query, "until") ?? Number.MAX_SAFE_INTEGER,
    limit: parseLimit(query.get("limit")),
  };
}

function parseInstant(query: URLSearchParams, name: string): Instant | null {
  const text = query.get(name);
  if (text === null) return null;
  const instant = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw invalid(`${name} must be an instant such as 2026-01-31T12:00:00Z.`);
  return instant;
}

function parseLimit(text: string | null): number {
  const limit = text === null ? 50 : /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 100) throw invalid("limit must be a whole number from 1 to 100.");
  return limit;
}

function formatCursor({ at, source, id }: EventPlace): string {
  return Buffer.from(`${at} ${source} ${id}`).toString("base64url");
}

/** Null for anything that `formatCursor` did not make. */
function parseCursor(text: string): EventPlace | null {
  const [, at, given, id] =
    /^(-?\d{1,15}) (\w{1,20}) (.{1,300})$/su.exec(Buffer.from(text, "base64url").toString("utf8")) ?? [];
  const source = eventSources.find((each) => each === given);
  if (at === undefined || id === undefined || source === undefined) return null;
  if (source === "observation" && !/^\d{1,15}$/.test(id)) return null;
  return { at: Number(at), source, id };
}
