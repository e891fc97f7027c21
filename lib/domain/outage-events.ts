import type { Cause, CauseCode } from "./cause";
import { smallest } from "./extremes";
import { isBlind, type FailureRun } from "./freshness";
import { greatest } from "./extremes";
import { minute, type Duration, type Instant } from "./instant";
import type { OutageEvent } from "./notable-event";

/** Whether an endpoint can be seen. `isConfirmed`: a poll succeeded since the start. */
export type WatchedEndpoint = {
  endpointId: string;
  /** The last good observation. */
  lastSeenAt: Instant;
  /** Since when it has been seen without a gap. */
  seenSince: Instant;
  isConfirmed: boolean;
  failures: FailureRun | null;
};

/** Causes that are one outage to a person. */
type OutageReason = "connection" | "key" | "missing" | "reply" | "history";

const reasons: Partial<Record<CauseCode, OutageReason>> = {
  unreachable: "connection",
  secure_connection_failed: "connection",
  timed_out: "connection",
  unexpected_redirect: "connection",
  rate_limited: "connection",
  upstream_error: "connection",
  key_rejected: "key",
  key_lacks_access: "key",
  not_found: "missing",
  access_lost: "missing",
  unreadable_reply: "reply",
  unexpected_answer: "reply",
  history_unreadable: "history",
};

/** An outage that was reported and has not ended. */
export type OpenOutage = { org: string | null; from: Instant; cause: Cause };

const mostNamed = 20;
/** An outage ends once everything was seen for this long, so that one that comes and goes is one outage. */
const settledAfter: Duration = 2 * minute;

/**
 * The outages of one organization that have lasted for `after`, and those that have ended. One event stands for all
 * endpoints that cannot be seen for one reason; more of them joining it are no event.
 */
export function findOutageEvents(input: {
  org: string | null;
  endpoints: readonly WatchedEndpoint[];
  open: readonly OpenOutage[];
  now: Instant;
  after: Duration;
}): { events: OutageEvent[]; open: OpenOutage[] } {
  const { org, endpoints, now, after } = input;
  const blind = groupByReason(endpoints);
  const seenAgainAt = toSeenAgainAt(endpoints);
  const isSettled = seenAgainAt !== null && now - seenAgainAt >= Math.min(settledAfter, after);
  const ended = input.open.filter(({ cause }) => {
    const reason = reasons[cause.code];
    return isSettled && (reason === undefined || !blind.has(reason));
  });
  const begun = [...blind].flatMap(([reason, group]) => {
    const isKnown = input.open.some(({ cause }) => reasons[cause.code] === reason);
    const from = smallest(group.map(({ lastSeenAt }) => lastSeenAt));
    const cause = group[0]?.failures?.cause;
    if (isKnown || from === null || cause === undefined || now - from < after) return [];
    // The same endpoints for another reason.
    if (input.open.some((outage) => !ended.includes(outage) && from <= outage.from + after)) return [];
    return [toEvent("blind", { org, from, cause: toPlain(cause) }, group, from)];
  });
  return {
    events: [
      ...begun,
      ...ended.map((outage) => toEvent("seeing_again", outage, endpoints, seenAgainAt ?? now)),
    ],
    open: [
      ...input.open.filter((outage) => !ended.includes(outage)),
      ...begun.map(({ from, cause }) => ({ org, from, cause })),
    ],
  };
}

function groupByReason(endpoints: readonly WatchedEndpoint[]): Map<OutageReason, WatchedEndpoint[]> {
  const groups = new Map<OutageReason, WatchedEndpoint[]>();
  for (const endpoint of endpoints) {
    const reason = endpoint.failures === null ? undefined : reasons[endpoint.failures.cause.code];
    if (reason === undefined || !isBlind(endpoint.failures)) continue;
    groups.set(reason, [...(groups.get(reason) ?? []), endpoint]);
  }
  return groups;
}

/**
 * Since when some endpoint is seen and none is in doubt: one that fails for another reason has its own event. Null: it
 * is not so.
 */
function toSeenAgainAt(endpoints: readonly WatchedEndpoint[]): Instant | null {
  const seen = endpoints.filter(({ isConfirmed, failures }) => isConfirmed && failures === null);
  const isInDoubt = endpoints.some((each) => !seen.includes(each) && !isBlind(each.failures));
  return isInDoubt ? null : greatest(seen.map(({ seenSince }) => seenSince));
}

function toPlain({ code, message }: Cause): Cause {
  return { code, message };
}

function toEvent(
  kind: OutageEvent["kind"],
  { org, from, cause }: OpenOutage,
  endpoints: readonly WatchedEndpoint[],
  at: Instant,
): OutageEvent {
  const endpointIds = endpoints.map(({ endpointId }) => endpointId).toSorted();
  return {
    ...{ kind, at, org, from, cause },
    key: JSON.stringify([org, kind, reasons[cause.code] ?? cause.code, from]),
    endpointIds: endpointIds.slice(0, mostNamed),
    endpointCount: endpointIds.length,
  };
}
