import { hour, type Duration, type Instant } from "@/lib/domain/instant";
import type { NotableEvent, OutageEvent, RolloutEvent, RolloutEventKind } from "@/lib/domain/notable-event";
import { findOutageEvents, type OpenOutage, type WatchedEndpoint } from "@/lib/domain/outage-events";
import { isMoving, isTerminal } from "@/lib/domain/rollout-status";
import { toStatusKind } from "@/lib/domain/status-event";

import { formerVersion } from "./current-rollout";
import type { EndpointView } from "./endpoint-view";
import type { RolloutView } from "./rollout-view";

/** What a page has seen: the last answer about each endpoint, and the outages that it knows. */
export type SeenViews = { views: ReadonlyMap<string, EndpointView>; open: readonly OpenOutage[] };

/**
 * The notable events between two looks at the same page, for notifications of the browser. `former` is null at the first
 * look: what is already so then is no event. An event is named by recorded data only, so that every tab names it the
 * same. A stall that began and ended between two looks is not seen.
 */
export function findViewEvents(input: {
  former: SeenViews | null;
  views: readonly EndpointView[];
  now: Instant;
  /** How long endpoints cannot be seen before that is an event. */
  after: Duration;
}): { events: NotableEvent[]; seen: SeenViews } {
  const { former, views, now, after } = input;
  const changed = views.flatMap((view) => {
    const last = former?.views.get(view.endpoint.id);
    return last === undefined || last === view ? [] : toRolloutEvents(last, view);
  });
  const outages = findOutages(views, { open: former?.open ?? [], now, after });
  return {
    events: former === null ? [] : [...changed, ...outages.events],
    seen: { views: new Map(views.map((view) => [view.endpoint.id, view])), open: outages.open },
  };
}

function toRolloutEvents(former: EndpointView, next: EndpointView): RolloutEvent[] {
  return next.rollouts
    .filter(({ noLongerReportedSince }) => noLongerReportedSince === null)
    .flatMap((rollout) => {
      const last = former.rollouts.find(({ deploymentId }) => deploymentId === rollout.deploymentId);
      return [
        ...toStatusEvents(rollout, last, former, next),
        ...(last === undefined ? [] : toConclusionEvents(rollout, last, next)),
      ];
    });
}

function toStatusEvents(
  rollout: RolloutView,
  last: RolloutView | undefined,
  former: EndpointView,
  next: EndpointView,
): RolloutEvent[] {
  const { status, endedAt, startedAt } = rollout;
  // A rollout with an unknown status may have moved before.
  const hasMoved = last?.status === "unknown" || last?.status === "rolling_back";
  const kind = toStatusKind(status, last?.status ?? null, hasMoved);
  if (kind === null || (last === undefined && isTerminal(status) && !isRecent(rollout, former))) return [];
  return [toEvent(kind, rollout, next, { about: endedAt ?? startedAt, at: endedAt, conclusion: null })];
}

/** Whether a deployment that is first seen ended can have come since the last look. */
function isRecent({ createdAt }: RolloutView, { freshness: { observedAt } }: EndpointView): boolean {
  return createdAt === null || (observedAt !== null && createdAt > observedAt - hour);
}

const concluded = ["stalled", "late", "regressing"] as const;

function toConclusionEvents(rollout: RolloutView, last: RolloutView, next: EndpointView): RolloutEvent[] {
  const holds = ({ conditions }: RolloutView, code: string) =>
    conditions.find((condition) => condition.code === code);
  const begun = concluded.flatMap((code) => {
    const condition = holds(rollout, code);
    if (condition === undefined || holds(last, code) !== undefined) return [];
    const { since, message } = condition;
    // A count that goes up and down is one piece of news, and so is being late.
    const about = code === "stalled" ? since : rollout.startedAt;
    return [toEvent(code, rollout, next, { about, at: null, conclusion: { since, sentence: message } })];
  });
  const stall = holds(last, "stalled");
  const movesOn =
    stall !== undefined &&
    holds(rollout, "stalled") === undefined &&
    rollout.status === last.status &&
    isMoving(rollout.status);
  if (!movesOn) return begun;
  const conclusion = { since: stall.since, sentence: stall.message };
  return [...begun, toEvent("moving_again", rollout, next, { about: stall.since, at: null, conclusion })];
}

/** Null as `at`: the answer's own instant. */
function toEvent(
  kind: RolloutEventKind,
  rollout: RolloutView,
  view: EndpointView,
  detail: { about: Instant; at: Instant | null; conclusion: RolloutEvent["conclusion"] },
): RolloutEvent {
  const { id: endpointId, org, modelArch } = view.endpoint;
  const { deploymentId } = rollout;
  const { about, conclusion } = detail;
  return {
    ...{ kind, endpointId, org, modelArch, deploymentId, conclusion, notBefore: null },
    key: JSON.stringify([endpointId, deploymentId, kind, about]),
    at: detail.at ?? view.freshness.observedAt ?? about,
    previousVersion: formerVersion(view, rollout),
    display: rollout,
  };
}

function findOutages(
  views: readonly EndpointView[],
  { open, now, after }: { open: readonly OpenOutage[]; now: Instant; after: Duration },
): { events: OutageEvent[]; open: OpenOutage[] } {
  const orgs = new Set(views.map(({ endpoint }) => endpoint.org));
  const found = [...orgs].map((org) =>
    findOutageEvents({
      ...{ org, now, after },
      endpoints: views.filter(({ endpoint }) => endpoint.org === org).flatMap(toWatched),
      open: open.filter((outage) => outage.org === org),
    }),
  );
  return { events: found.flatMap(({ events }) => events), open: found.flatMap((each) => each.open) };
}

function toWatched({ endpoint, freshness, watchedSince }: EndpointView): WatchedEndpoint[] {
  const { observedAt, state, cause } = freshness;
  if (observedAt === null) return [];
  const failures = cause === null ? null : { count: state === "blind" ? Infinity : 1, cause };
  const seenSince = watchedSince ?? observedAt;
  return [{ endpointId: endpoint.id, lastSeenAt: observedAt, seenSince, isConfirmed: true, failures }];
}
