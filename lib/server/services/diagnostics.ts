import "server-only";

import type { Check } from "@/lib/domain/check";
import { smallest } from "@/lib/domain/extremes";
import type { Instant } from "@/lib/domain/instant";
import { latestObservation } from "@/lib/domain/rollout";
import type { Context } from "@/lib/server/context";
import { databasePlace } from "@/lib/server/config/database";
import { upstreamPlace } from "@/lib/server/config/network";
import { diagnose } from "@/lib/server/doctor/diagnose";
import type { Asked, DatabaseFacts, LastReply, UpstreamFacts } from "@/lib/server/doctor/facts";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { organizationName } from "@/lib/server/state/endpoint-registry";
import type { OrganizationMonitor } from "@/lib/server/poller/organization-monitors";

/** The doctor's checks of the running instance, from what its poller met: they cost no upstream request. */
export async function readDiagnostics(ctx: Context): Promise<{ at: Instant; checks: Check[] }> {
  const { endpointStore, clock, settingsIssues, election, monitors } = ctx;
  const { at } = clock();
  const planned = [
    ...endpointStore.all().map(({ nextPoll }) => nextPoll),
    ...endpointStore.listings().map(({ listing }) => listing.nextPoll),
  ];
  const polls = planned.flatMap((moment) => (moment === null ? [] : [moment.at]));
  const checks = diagnose({
    now: at,
    // Rollcall does not start with a mistake in its settings, but the file may have changed since.
    mistakes: settingsIssues()?.mistakes ?? [],
    isRunning: true,
    upstream: await Promise.all(monitors.all().map((monitor) => gatherUpstream(ctx, monitor))),
    database: await gatherDatabase(ctx),
    watcher: {
      kind: election.isLeader() ? "here" : "elsewhere",
      nextPollAt: smallest(polls),
    },
  });
  return { at, checks };
}

async function gatherUpstream(
  ctx: Context,
  { organization, client }: OrganizationMonitor,
): Promise<UpstreamFacts> {
  const { endpointStore, settings } = ctx;
  const { org } = organization;
  const own = endpointStore.of(organizationName(organization));
  const listing = own?.listing();
  const endpointStates = own?.all() ?? [];
  const unread = await readUnread(ctx, endpointStates);
  return {
    host: upstreamPlace(settings.upstreamUrl, settings.proxy),
    org:
      org === null
        ? null
        : {
            name: org,
            listing: {
              answer: listing?.listed?.ids.size ?? null,
              cause: listing?.failures?.cause ?? null,
            },
          },
    endpoints: endpointStates.map((endpointState) => ({
      id: endpointState.endpointId,
      reply: toAsked(endpointState, unread.get(endpointState.endpointId) ?? []),
    })),
    clockSkew: client.clockSkew(),
  };
}

/** Empty while history is unavailable: the database's own check says why. */
async function readUnread(
  { history }: Context,
  endpointStates: readonly EndpointState[],
): Promise<Map<string, readonly string[]>> {
  const ids = endpointStates.map(({ endpointId }) => endpointId);
  return history.readUnreadFields(ids).catch(() => new Map<string, readonly string[]>());
}

function toAsked({ picture, failures }: EndpointState, unreadFields: readonly string[]): Asked<LastReply> {
  if (picture === null) return { answer: null, cause: failures?.cause ?? null };
  const [newest] = picture.rollouts;
  return {
    answer: { newest: newest === undefined ? null : latestObservation(newest).state, unreadFields },
    cause: failures?.cause ?? null,
  };
}

async function gatherDatabase({ history, fileOutage, settings, election }: Context): Promise<DatabaseFacts> {
  const { database } = settings;
  const where = { engine: database.engine, place: databasePlace(database) };
  const outage = election.outage() ?? fileOutage();
  if (outage !== null) return { ...where, problem: { reason: `${outage.problem}.`, since: outage.since } };
  return history.tryWriting().then(
    () => ({ ...where, problem: null }),
    (error: unknown) => ({ ...where, problem: { reason: toReason(error), since: null } }),
  );
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
