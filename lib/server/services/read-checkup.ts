import "server-only";

import type { Check } from "@/lib/domain/check";
import { smallest } from "@/lib/domain/extremes";
import type { Instant } from "@/lib/domain/instant";
import { latestObservation } from "@/lib/domain/observation";
import { databasePlace } from "@/lib/server/config/database-address";
import { upstreamPlace } from "@/lib/server/config/outbound-proxy";
import { examine } from "@/lib/server/doctor/examine";
import type { Asked, DatabaseFacts, LastReply, UpstreamFacts } from "@/lib/server/doctor/facts";
import type { EndpointMemory } from "@/lib/server/watch/endpoint-memory";
import { sourceName } from "@/lib/server/watch/source-name";
import type { Source } from "@/lib/server/watch/sources";
import { rollcall } from "@/lib/server/wiring";

/** The doctor's lines about the running instance, from what its watcher met: nothing is asked upstream for them. */
export async function readCheckup(): Promise<{ at: Instant; checks: Check[] }> {
  const { board, clock, settingsTrouble, shift, sources } = rollcall();
  const { at } = clock();
  const planned = [
    ...board.all().map(({ nextPoll }) => nextPoll),
    ...board.listings().map(({ listing }) => listing.nextPoll),
  ];
  const polls = planned.flatMap((moment) => (moment === null ? [] : [moment.at]));
  const checks = examine({
    now: at,
    // With a mistake in them it would not have started; the settings file may have been changed since.
    mistakes: settingsTrouble()?.mistakes ?? [],
    isRunning: true,
    upstream: await Promise.all(sources.all().map(gatherUpstream)),
    database: await gatherDatabase(),
    watcher: {
      kind: shift.isWatching() ? "here" : "elsewhere",
      nextPollAt: smallest(polls),
    },
  });
  return { at, checks };
}

async function gatherUpstream({ organization, client }: Source): Promise<UpstreamFacts> {
  const { board, settings } = rollcall();
  const { org } = organization;
  const own = board.of(sourceName(organization));
  const listing = own?.listing();
  const memories = own?.all() ?? [];
  const unread = await readUnread(memories);
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
    endpoints: memories.map((memory) => ({
      id: memory.endpointId,
      reply: toAsked(memory, unread.get(memory.endpointId) ?? []),
    })),
    clockSkew: client.clockSkew(),
  };
}

/** The line about the database says why, where history does not answer. */
async function readUnread(memories: readonly EndpointMemory[]): Promise<Map<string, readonly string[]>> {
  const ids = memories.map(({ endpointId }) => endpointId);
  return rollcall()
    .history.readUnreadFields(ids)
    .catch(() => new Map<string, readonly string[]>());
}

function toAsked({ picture, failures }: EndpointMemory, unreadFields: readonly string[]): Asked<LastReply> {
  if (picture === null) return { answer: null, cause: failures?.cause ?? null };
  const [newest] = picture.rollouts;
  return {
    answer: { newest: newest === undefined ? null : latestObservation(newest).state, unreadFields },
    cause: failures?.cause ?? null,
  };
}

async function gatherDatabase(): Promise<DatabaseFacts> {
  const { history, fileTrouble, settings, shift } = rollcall();
  const { database } = settings;
  const where = { engine: database.engine, place: databasePlace(database) };
  const trouble = shift.trouble() ?? fileTrouble();
  if (trouble !== null) return { ...where, problem: { reason: `${trouble.problem}.`, since: trouble.since } };
  return history.tryWriting().then(
    () => ({ ...where, problem: null }),
    (error: unknown) => ({ ...where, problem: { reason: toReason(error), since: null } }),
  );
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
