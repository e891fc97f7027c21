import { hour, minute, second, type Duration, type Instant } from "@/lib/domain/instant";
import type { Cause } from "@/lib/domain/cause";
import type { OutageEvent } from "@/lib/domain/notable-event";
import { usualBlindAfter } from "@/lib/domain/notification-rule";
import { findOutageEvents, type OpenOutage, type WatchedEndpoint } from "@/lib/domain/outage-events";

import type { Life } from "./life";

const poll: Duration = 5 * second;
const day = 24 * hour;

type Outage = { cause: Cause; covers: (life: Life) => boolean; isDown: (at: Duration) => boolean };
const unavailable: Cause = { code: "upstream_error", message: "Cerebras answers 503." };

/** The outages of the day; `at` counts from midnight. */
const outages: readonly Outage[] = [
  // All organizations for 12 minutes.
  { cause: unavailable, covers: () => true, isDown: (at) => at >= 12 * hour && at < 12 * hour + 12 * minute },
  // One organization for an hour, with a minute of answers after every 6.
  {
    cause: unavailable,
    covers: ({ org }) => org === "acme",
    isDown: (at) => at >= 15 * hour && at < 16 * hour && at % (7 * minute) < 6 * minute,
  },
  // One endpoint for 40 minutes.
  {
    cause: { code: "not_found", message: "Cerebras does not know the endpoint." },
    covers: ({ endpointId }) => endpointId === "endpoint-2",
    isDown: (at) => at >= 18 * hour && at < 18 * hour + 40 * minute,
  },
  // Short failures of single polls all day long.
  { cause: unavailable, covers: () => true, isDown: (at) => at % (10 * minute) < 3 * poll },
];

/** What a person would write: one message about the begin and one about the end, for each organization. */
export const writtenOutages = 3 + 1 + 1;

/** The outage events of a day of polls every 5 seconds. */
export function playOutages(lives: readonly Life[], midnight: Instant): OutageEvent[] {
  return [...new Set(lives.map(({ org }) => org))].flatMap((org) => {
    const own = lives.filter((life) => life.org === org);
    let watched = own.map(({ endpointId }): WatchedEndpoint => {
      return { endpointId, lastSeenAt: midnight, seenSince: midnight, isConfirmed: true, failures: null };
    });
    const events: OutageEvent[] = [];
    let open: readonly OpenOutage[] = [];
    for (let at = 0; at < day; at += poll) {
      watched = own.flatMap((life, nth) => {
        const last = watched[nth];
        return last === undefined ? [] : [look(life, last, midnight, at)];
      });
      const now = midnight + at;
      const found = findOutageEvents({
        org,
        endpoints: watched,
        open,
        now,
        after: usualBlindAfter,
      });
      events.push(...found.events);
      open = found.open;
    }
    return events;
  });
}

function look(life: Life, last: WatchedEndpoint, midnight: Instant, at: Duration): WatchedEndpoint {
  const now = midnight + at;
  const outage = outages.find(({ covers, isDown }) => covers(life) && isDown(at));
  const { endpointId } = life;
  const { lastSeenAt, failures } = last;
  if (outage === undefined) {
    // Two failed polls and more are a gap.
    const seenSince = (failures?.count ?? 0) > 1 ? now : last.seenSince;
    return { endpointId, lastSeenAt: now, seenSince, isConfirmed: true, failures: null };
  }
  const cause = { ...outage.cause, since: failures?.cause.since ?? now, retryAt: null };
  return { ...last, lastSeenAt, failures: { count: (failures?.count ?? 0) + 1, cause } };
}
