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
import { rollcall } from "@/lib/server/wiring";

import { readAcknowledgements, toFleetAcknowledgements } from "./acknowledgements";
import { encode, nameContent, type Encoded } from "./encoded";
import { findEndpoint } from "./find-endpoint";
import { toHistoryWarning } from "./history-warning";
import { toAge } from "./poll-hints";
import { encodeView, type Answer } from "./read-endpoint";

/** The newest encoded fleet of each scope: few differ in what they may see. */
const newest = new LRUCache<string, { name: string; revision: number; encoded: Encoded<FleetView> }>({
  max: 100,
});

/** Every watched endpoint that somebody may see, as it is known now, and what the watcher is doing. */
export async function readFleet(principal: Principal): Promise<Answer<FleetView>> {
  const acknowledgements = await readAcknowledgements();
  const { board, clock, schedule } = rollcall();
  const now = clock();
  const memories = board
    .all()
    .filter(({ endpointId }) => maySee(principal, endpointId))
    .toSorted((a, b) => a.endpointId.localeCompare(b.endpointId));
  const encoded = encodeFleet(memories, acknowledgements, now);
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
  memories: readonly EndpointMemory[],
  allAcknowledgements: readonly Acknowledgement[],
  now: Moment,
): Encoded<FleetView> {
  const { revision } = rollcall().board;
  const views = memories.map((memory) => encodeView(memory, now));
  const watcher = toWatcherView(memories);
  const endpoints = views.map(({ body }) => body);
  const acknowledgements = toFleetAcknowledgements(allAcknowledgements, endpoints);
  const name = nameContent([
    views.map(({ etag }) => etag),
    acknowledgements,
    { ...watcher, nextPollAt: null },
  ]);
  const scope = nameContent(memories.map(({ endpointId }) => endpointId));
  const known = newest.get(scope);
  if (known?.name === name && known.revision === revision()) return known.encoded;
  const body = { endpoints, acknowledgements, watcher, build: buildId };
  const encoded = { ...encode(body, null), etag: name };
  newest.set(scope, { name, revision: revision(), encoded });
  return encoded;
}

function maySee(principal: Principal, endpointId: string): boolean {
  const endpoint = findEndpoint(endpointId);
  return endpoint !== null && authorize(principal, "endpoint:list", endpoint);
}

function toWatcherView(memories: readonly EndpointMemory[]): WatcherView {
  const { board } = rollcall();
  const nextPolls = memories.flatMap(({ nextPoll }) => (nextPoll === null ? [] : [nextPoll.at]));
  const listing = board.listing();
  const next = [...nextPolls, ...(listing?.nextPoll ? [listing.nextPoll.at] : [])];
  const nextPollAt = toIsoOrNull(next.length === 0 ? null : Math.min(...next));
  const [historyWarning] = toHistoryWarning();
  const failures = listing?.failures ?? null;
  if (failures !== null && isBlind(failures)) {
    return {
      state: "blind",
      message: `The list of endpoints cannot be read: ${failures.cause.message}`,
      nextPollAt,
    };
  }
  if (listing !== null && listing.listed === null) {
    return { state: "starting", message: failures?.cause.message ?? null, nextPollAt };
  }
  const stretchedTo = board.stretchedTo();
  if (stretchedTo !== null) {
    const message = `Quiet endpoints are asked about every ${formatDuration(stretchedTo)}, to stay within the limit of requests.`;
    return { state: "stretched", message: historyWarning?.message ?? message, nextPollAt };
  }
  return { state: "watching", message: historyWarning?.message ?? null, nextPollAt };
}
