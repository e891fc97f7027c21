import "server-only";

import { LRUCache } from "lru-cache";

import type { FleetView } from "@/lib/contract/endpoint-view";
import { authorize } from "@/lib/server/access/authorize";
import type { Principal } from "@/lib/server/access/principal";
import { buildId } from "@/lib/server/build-id";
import type { Acknowledgement } from "@/lib/server/history/acknowledgements";
import type { EndpointMemory, Moment } from "@/lib/server/watch/endpoint-memory";
import type { NamedListing } from "@/lib/server/watch/house";
import { rollcall } from "@/lib/server/wiring";

import { readAcknowledgements, toFleetAcknowledgements } from "./acknowledgements";
import { encode, nameContent, type Encoded } from "./encoded";
import { findEndpoint } from "./find-endpoint";
import { soonestNews, toFleetAge } from "./poll-hints";
import { encodeView, type Answer } from "./read-endpoint";
import { toWatcherView } from "./to-watcher-view";

/** A fleet, and as it was encoded where somebody asked for that: whole, and as what differs from the few before it. */
type KnownFleet = {
  name: string;
  revision: number;
  /** The names of the endpoints' contents, in the order of the endpoints. */
  tags: readonly string[];
  body: FleetView;
  whole: Encoded<FleetView> | null;
  changes: Map<string, Encoded<FleetView>>;
};

/** The newest fleet of each scope: few differ in what they may see. */
const newest = new LRUCache<string, KnownFleet>({ max: 100 });
/** The tags of fleets that some viewer may still have, by scope and name. */
const former = new LRUCache<string, readonly string[]>({ max: 200 });

/**
 * Every watched endpoint that somebody may see, as it is known now, and what the watcher is doing. Whoever says
 * which answer they have, by its ETag, gets what changed `since`, where that is still known.
 */
export async function readFleet(
  principal: Principal,
  since: string | null = null,
): Promise<Answer<FleetView>> {
  const acknowledgements = await readAcknowledgements();
  const { board, clock, schedule } = rollcall();
  const now = clock();
  const memories = board
    .all()
    .filter(({ endpointId }) => maySee(principal, endpointId))
    .toSorted((a, b) => a.endpointId.localeCompare(b.endpointId));
  const encoded = encodeFleet(principal, memories, acknowledgements, now, since);
  const soonest = soonestNews(memories, now);
  return {
    ...encoded,
    age: toFleetAge(memories, now),
    nextPollIn: soonest === undefined ? 1_000 : Math.max(1_000, schedule.nextPollIn(soonest, now)),
  };
}

/** The same for whoever asks; null for those who may not see any fleet. */
export async function readFleetFor(principal: Principal): Promise<Answer<FleetView> | null> {
  return authorize(principal, "fleet:read", null) ? readFleet(principal) : null;
}

function encodeFleet(
  principal: Principal,
  memories: readonly EndpointMemory[],
  allAcknowledgements: readonly Acknowledgement[],
  now: Moment,
  since: string | null,
): Encoded<FleetView> {
  const { revision } = rollcall().board;
  const views = memories.map((memory) => encodeView(memory, now));
  const endpoints = views.map(({ body }) => body);
  const watcher = toWatcherView(memories, endpoints, listingsFor(principal));
  const tags = views.map(({ etag }) => etag);
  const acknowledgements = toFleetAcknowledgements(allAcknowledgements, endpoints);
  const name = nameContent([tags, acknowledgements, { ...watcher, nextPollAt: null }]);
  const scope = nameContent(memories.map(({ endpointId }) => endpointId));
  const known = newest.get(scope);
  const isNewest = known?.name === name && known.revision === revision();
  const fleet = isNewest
    ? known
    : {
        ...{ name, tags, revision: revision() },
        body: { endpoints, acknowledgements, watcher, build: buildId },
        whole: null,
        changes: new Map<string, Encoded<FleetView>>(),
      };
  newest.set(scope, fleet);
  former.set(`${scope} ${name}`, tags);
  return since === null ? toWhole(fleet) : toChanges(scope, fleet, since);
}

function toWhole(fleet: KnownFleet): Encoded<FleetView> {
  fleet.whole ??= { ...encode(fleet.body, null), etag: fleet.name };
  return fleet.whole;
}

/** What differs from the fleet of a name; all of it where that is forgotten, or was of other endpoints. */
function toChanges(scope: string, fleet: KnownFleet, since: string): Encoded<FleetView> {
  const made = fleet.changes.get(since);
  if (made !== undefined) return made;
  const tags = former.get(`${scope} ${since}`);
  if (tags === undefined) return toWhole(fleet);
  const endpoints = fleet.body.endpoints.filter((_, index) => tags[index] !== fleet.tags[index]);
  const changes = { ...encode({ ...fleet.body, endpoints, since }, null), etag: fleet.name };
  fleet.changes.set(since, changes);
  return changes;
}

function maySee(principal: Principal, endpointId: string): boolean {
  const endpoint = findEndpoint(endpointId);
  return endpoint !== null && authorize(principal, "endpoint:list", endpoint);
}

/** The listings of organisations of which somebody may know. */
function listingsFor(principal: Principal): readonly NamedListing[] {
  const orgs = "orgs" in principal ? principal.orgs : null;
  return rollcall()
    .board.listings()
    .filter(({ org }) => orgs?.includes(org) ?? true);
}
