import "server-only";

import * as z from "zod/mini";

import { fleetViewSchema, type EndpointView, type FleetView } from "@/lib/contract/endpoint-view";
import { second } from "@/lib/domain/instant";
import type { Moment } from "@/lib/server/clock";
import { authorize } from "@/lib/server/access/authorize";
import type { Principal } from "@/lib/server/access/principal";
import { buildId } from "@/lib/server/build-id";
import type { Context } from "@/lib/server/context";
import type { Acknowledgement } from "@/lib/server/db/acknowledgements";
import { whenKnown, type Soon } from "@/lib/server/soon";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import type { NamedListing } from "@/lib/server/state/endpoint-registry";

import { readAcknowledgements, toFleetAcknowledgements } from "./acknowledgements";
import { nameContent, type Answer, type Encoded } from "./answer";
import type { KnownFleet } from "./answered";
import { encodeView, findEndpoint } from "./endpoints";
import { readProviderIncidents } from "./provider-incidents";
import { soonestChange, toFleetAge } from "./poll-schedule";
import { toWatcherView } from "./to-watcher-view";

/** Encoded changes kept for a fleet; further ones are made each time. */
const mostChanges = 50;

type FleetRequest = { principal: Principal; since?: string | null };

/**
 * Every watched endpoint that a principal may see, as it is known now, and what the poller is doing. With `since`, the
 * ETag of the client's last answer, only the endpoints that changed after it, if that is still known.
 */
export function readFleet(ctx: Context, asked: FleetRequest): Soon<Answer<FleetView>> {
  return whenKnown(readAcknowledgements(ctx), (acknowledgements) =>
    answerFleet(ctx, asked, acknowledgements),
  );
}

function answerFleet(
  ctx: Context,
  { principal, since = null }: FleetRequest,
  acknowledgements: readonly Acknowledgement[],
): Answer<FleetView> {
  const { endpointStore, clock, schedule } = ctx;
  const now = clock();
  const endpointStates = endpointStore.all().filter(({ endpointId }) => maySee(ctx, principal, endpointId));
  endpointStates.forEach(ctx.habits.begin);
  const encoded = encodeFleet(ctx, { principal, endpointStates, acknowledgements, now, since });
  const toListing = ({ endpointId }: EndpointState) => endpointStore.listingOf(endpointId);
  const soonest = soonestChange(endpointStates, now, toListing);
  const toWait = ({ endpointState, late }: NonNullable<typeof soonest>) =>
    schedule.nextPollIn(endpointState, now, toListing(endpointState), late);
  return {
    ...encoded,
    age: toFleetAge(endpointStates, now, toListing),
    nextPollIn: soonest === undefined ? second : Math.max(second, toWait(soonest)),
  };
}

/** The same for any principal; null for those that may not see a fleet. */
export async function readFleetFor(ctx: Context, principal: Principal): Promise<Answer<FleetView> | null> {
  return authorize(principal, "fleet:read", null) ? readFleet(ctx, { principal }) : null;
}

function encodeFleet(
  ctx: Context,
  input: {
    principal: Principal;
    endpointStates: readonly EndpointState[];
    acknowledgements: readonly Acknowledgement[];
    now: Moment;
    since: string | null;
  },
): Encoded<FleetView> {
  const { principal, endpointStates, now, since } = input;
  const scopes = ctx.answered.fleets;
  const scope = scopes.find(
    toAccess(principal),
    endpointStates.map(({ endpointId }) => endpointId),
  );
  const views = scope.order
    .map((index) => endpointStates[index])
    .filter((endpointState) => endpointState !== undefined)
    .map((endpointState) => encodeView(ctx, endpointState, now));
  const endpoints = views.map(({ body }) => body);
  const watcher = toWatcherView(ctx, endpointStates, endpoints, listingsFor(ctx, principal));
  const acknowledgements = toFleetAcknowledgements(input.acknowledgements, endpoints);
  const incidents = readProviderIncidents(ctx);
  // Views are made once per change, so the same objects have the same contents.
  const fleet = scopes.once(
    scope,
    [JSON.stringify([acknowledgements, watcher, incidents?.etag]), ...views],
    () => {
      const tags = views.map(({ etag }) => etag);
      const name = nameContent([tags, acknowledgements, { ...watcher, nextPollAt: null }, incidents?.etag]);
      scope.versions.note(name, tags);
      const frame = {
        ...{ acknowledgements, watcher, build: buildId },
        ...(incidents === null ? {} : { providerIncidents: incidents.body }),
      };
      return { name, views, frame, whole: null, changes: new Map<string, Encoded<FleetView>>() };
    },
  );
  return since === null ? toWhole(fleet) : toChanges(scope.versions.changedSince(since), fleet, since);
}

/** Everything that decides which endpoints and listings a principal sees. */
function toAccess(principal: Principal): string {
  const { orgs, endpointIds } = { orgs: null, endpointIds: null, ...principal };
  return JSON.stringify([
    authorize(principal, "fleet:read", null) ? "fleet" : principal.kind,
    orgs,
    endpointIds,
  ]);
}

function toWhole(fleet: KnownFleet): Encoded<FleetView> {
  fleet.whole ??= encodeViews(fleet, fleet.views);
  return fleet.whole;
}

/** The changes since an earlier fleet; the whole fleet if that one is unknown, or had other endpoints. */
function toChanges(
  isChanged: ((index: number) => boolean) | null,
  fleet: KnownFleet,
  since: string,
): Encoded<FleetView> {
  const made = fleet.changes.get(since);
  if (made !== undefined) return made;
  if (isChanged === null) return toWhole(fleet);
  const changed = fleet.views.filter((_, index) => isChanged(index));
  const changes = encodeViews(fleet, changed, { since });
  if (fleet.changes.size < mostChanges) fleet.changes.set(since, changes);
  return changes;
}

/** Joins the bytes of views; each view was encoded when it last changed. */
function encodeViews(
  { name, frame }: KnownFleet,
  views: readonly Encoded<EndpointView>[],
  more: Pick<FleetView, "since"> = {},
): Encoded<FleetView> {
  const body = { endpoints: views.map((view) => view.body), ...frame, ...more };
  const rest = z.encode(fleetFrameSchema, { ...frame, ...more });
  const bytes = Buffer.concat([
    Buffer.from('{"endpoints":['),
    ...views.flatMap(({ bytes }, index) => (index === 0 ? [bytes] : [comma, bytes])),
    Buffer.from(`],${JSON.stringify(rest).slice(1)}`),
  ]);
  return { body, etag: name, bytes };
}

const fleetFrameSchema = z.omit(fleetViewSchema, { endpoints: true });
const comma = Buffer.from(",");

function maySee(ctx: Context, principal: Principal, endpointId: string): boolean {
  const endpoint = findEndpoint(ctx, endpointId);
  return endpoint !== null && authorize(principal, "endpoint:list", endpoint);
}

/** The listings of the organizations that a principal may know about. */
function listingsFor({ endpointStore }: Context, principal: Principal): readonly NamedListing[] {
  const orgs = "orgs" in principal ? principal.orgs : null;
  return endpointStore.listings().filter(({ org }) => orgs?.includes(org) ?? true);
}
