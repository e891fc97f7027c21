import "server-only";

import { checkCountsSchema, type CheckCounts } from "@/lib/contract/check-counts";
import type { Check, CheckState } from "@/lib/domain/check";
import { smallest } from "@/lib/domain/extremes";
import { second, type Instant } from "@/lib/domain/instant";
import { latestObservation } from "@/lib/domain/rollout";
import { authorize } from "@/lib/server/access/authorize";
import type { Principal } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import { databasePlace } from "@/lib/server/config/database";
import { upstreamPlace } from "@/lib/server/config/network";
import { diagnose } from "@/lib/server/doctor/diagnose";
import type { Asked, DatabaseFacts, HintFacts, LastReply, UpstreamFacts } from "@/lib/server/doctor/facts";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { organizationName } from "@/lib/server/state/endpoint-registry";
import type { OrganizationMonitor } from "@/lib/server/poller/organization-monitors";

import { encode, type Answer } from "./answer";
import { readSources, recentSources } from "./traffic-sources";

/** The doctor's checks of the running instance, from what its poller met: they cost no upstream request. */
export async function readDiagnostics(ctx: Context): Promise<{ at: Instant; checks: Check[] }> {
  const { at } = ctx.clock();
  const ids = ctx.endpointStore.all().map(({ endpointId }) => endpointId);
  const [database, unread] = await Promise.all([
    tryDatabase(ctx),
    readUnread(ctx, ids),
    readSources(ctx).catch(() => []),
  ]);
  return { at, checks: check(ctx, at, database, unread) };
}

const counted = new WeakMap<Context["endpointStore"], { at: Instant; counts: CheckCounts }>();

/** How many of these checks need attention: from memory alone, at most once a second. */
function countChecks(ctx: Context): CheckCounts {
  const { at } = ctx.clock();
  const known = counted.get(ctx.endpointStore);
  if (known !== undefined && Math.abs(at - known.at) < second) return known.counts;
  const checks = check(ctx, at, toDatabase(ctx), new Map());
  const count = (wanted: CheckState) => checks.filter(({ state }) => state === wanted).length;
  const counts = { failing: count("failing"), warnings: count("warning") };
  counted.set(ctx.endpointStore, { at, counts });
  return counts;
}

/** The counts for the header of every page; null for principals that may not read the checks. */
export function countChecksFor(ctx: Context, principal: Principal): CheckCounts | null {
  return authorize(principal, "diagnostics:read", null) ? countChecks(ctx) : null;
}

/** The same counts, as an answer. */
export function readCheckCounts(ctx: Context): Answer<CheckCounts> {
  return { ...encode(checkCountsSchema, countChecks(ctx)), age: null, nextPollIn: 15 * second };
}

type UnreadFields = ReadonlyMap<string, readonly string[]>;

function check(ctx: Context, at: Instant, database: DatabaseFacts, unread: UnreadFields): Check[] {
  const { endpointStore, settingsIssues, election, monitors } = ctx;
  const planned = [
    ...endpointStore.all().map(({ nextPoll }) => nextPoll),
    ...endpointStore.listings().map(({ listing }) => listing.nextPoll),
  ];
  const polls = planned.flatMap((moment) => (moment === null ? [] : [moment.at]));
  return diagnose({
    now: at,
    // Rollcall does not start with a mistake in its settings, but the file may have changed since.
    mistakes: settingsIssues()?.mistakes ?? [],
    isRunning: true,
    upstream: monitors.all().map((monitor) => gatherUpstream(ctx, monitor, unread)),
    database,
    statusPage: toStatusPage(ctx),
    watcher: {
      kind: election.isLeader() ? "here" : "elsewhere",
      nextPollAt: smallest(polls),
      stretchedTo: endpointStore.stretchedTo(),
    },
  });
}

function gatherUpstream(ctx: Context, monitor: OrganizationMonitor, unread: UnreadFields): UpstreamFacts {
  const { endpointStore, settings } = ctx;
  const { organization, client } = monitor;
  const { org } = organization;
  const own = endpointStore.of(organizationName(organization));
  const listing = own?.listing();
  const endpointStates = own?.all() ?? [];
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
    ...(monitor.metrics === null ? {} : { metrics: toMetrics(ctx, organizationName(organization)) }),
    catalogs: own?.catalogs() ?? [],
    ...(listing != null && settings.pollCovered > settings.pollIdle ? { hint: toHint(endpointStates) } : {}),
  };
}

function toMetrics(ctx: Context, org: string): Asked<number> {
  const source = recentSources(ctx).find((each) => each.org === org);
  return { answer: source?.endpoints ?? null, cause: source?.cause ?? null };
}

function toStatusPage({ settings, endpointStore }: Context): Asked<number> | null {
  if (settings.statusPage === null) return null;
  const page = endpointStore.statusPage();
  const isRead = page !== null && page.observedAt !== null;
  return { answer: isRead ? page.incidents.length : null, cause: page?.cause ?? null };
}

function toHint(endpointStates: readonly EndpointState[]): HintFacts {
  const covered = endpointStates.filter(({ isCovered }) => isCovered);
  return {
    covered: covered.length,
    interval: smallest(covered.map(({ interval }) => interval)),
    failed: endpointStates.flatMap(({ endpointId, hint: { failure } }) =>
      failure === null ? [] : [{ id: endpointId, ...failure }],
    ),
    unproven: endpointStates.filter(({ hint }) => !hint.isProven && hint.failure === null).length,
  };
}

/** Empty while history is unavailable: the database's own check says why. */
async function readUnread({ history }: Context, ids: readonly string[]): Promise<UnreadFields> {
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

/** The database as the last attempts to use it found it. */
function toDatabase({ fileOutage, settings, election }: Context): DatabaseFacts {
  const { database } = settings;
  const outage = election.outage() ?? fileOutage();
  return {
    engine: database.engine,
    place: databasePlace(database),
    problem: outage === null ? null : { reason: `${outage.problem}.`, since: outage.since },
  };
}

/** The same; a database without a known problem is tried. */
async function tryDatabase(ctx: Context): Promise<DatabaseFacts> {
  const known = toDatabase(ctx);
  if (known.problem !== null) return known;
  return ctx.history.tryWriting().then(
    () => known,
    (error: unknown) => ({ ...known, problem: { reason: toReason(error), since: null } }),
  );
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
