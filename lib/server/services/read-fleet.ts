import "server-only";

import { LRUCache } from "lru-cache";

import type { FleetView, WatcherView } from "@/lib/contract/endpoint-view";
import { toIsoOrNull } from "@/lib/contract/instant";
import { isBlind } from "@/lib/domain/freshness";
import { formatDuration } from "@/lib/domain/duration";
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
import { toHistoryWarning } from "./history-warning";
import { toAge } from "./poll-hints";
import { encodeView, type Answer } from "./read-endpoint";

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
  const soonest = memories.toSorted((a, b) => (a.nextPoll?.tick ?? 0) - (b.nextPoll?.tick ?? 0))[0];
  const ages = memories.map((memory) => toAge(memory, now)).filter((age) => age !== null);
  return {
    ...encoded,
    age: ages.length === 0 ? null : Math.min(...ages),
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
  const watcher = toWatcherView(memories, listingsFor(principal));
  const endpoints = views.map(({ body }) => body);
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

function toWatcherView(memories: readonly EndpointMemory[], listings: readonly NamedListing[]): WatcherView {
  const moments = [
    ...memories.map(({ nextPoll }) => nextPoll),
    ...listings.map(({ listing }) => listing.nextPoll),
  ].flatMap((moment) => (moment === null ? [] : [moment.at]));
  const nextPollAt = toIsoOrNull(moments.length === 0 ? null : Math.min(...moments));
  const [historyWarning] = toHistoryWarning();
  const blind = listings.filter(({ listing }) => listing.failures !== null && isBlind(listing.failures));
  const blindness = blind.map((each) => toBlindness(each, listings.length)).join(" ");
  if (blind.length > 0 && blind.length === listings.length) {
    return { state: "blind", message: blindness, nextPollAt };
  }
  const [unlisted] = listings.filter(({ listing }) => listing.listed === null);
  if (unlisted !== undefined && listings.every(({ listing }) => listing.listed === null)) {
    return { state: "starting", message: unlisted.listing.failures?.cause.message ?? null, nextPollAt };
  }
  const said = historyWarning?.message ?? (blindness === "" ? null : blindness);
  const stretchedTo = rollcall().board.stretchedTo();
  if (stretchedTo !== null) {
    const message = `Quiet endpoints are asked about every ${formatDuration(stretchedTo)}, to stay within the limit of requests.`;
    return { state: "stretched", message: said ?? message, nextPollAt };
  }
  return { state: "watching", message: said, nextPollAt };
}

function toBlindness({ org, listing }: NamedListing, of: number): string {
  return `The list of ${of === 1 ? "" : `${org}’s `}endpoints cannot be read: ${listing.failures?.cause.message ?? ""}`;
}
