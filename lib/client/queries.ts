import { queryOptions } from "@tanstack/react-query";

import { featuredRollouts } from "@/lib/contract/current-rollout";
import type { EndpointView, FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import { second, type Duration } from "@/lib/domain/instant";

import type { PickSchema } from "./api";
import type { ApiScope } from "./api-scope";
import { applyDelta } from "./apply-delta";
import { askRollout } from "./ask-rollout";
import { askParts, type FirstPart } from "./ask-parts";
import { ask, hasBeenAway, ownSchedule, poll, untilNextPoll, type Answer } from "./polling";

/** Every key of the query cache. The parts of an endpoint share a prefix, so that they are refetched together. */
export const queryKeys = {
  fleet: ["fleet"],
  endpoint: (id: string) => ["endpoint", id, "view"],
  endpointParts: (id: string) => ["endpoint", id, "part"],
  rollout: (id: string, deploymentId: string) => ["endpoint", id, "part", "rollout", deploymentId],
  endedRollout: (id: string, deploymentId: string) => ["endpoint", id, "ended", deploymentId],
  rollouts: (id: string, cursor: string | null) => ["endpoint", id, "part", "rollouts", cursor],
  events: (id: string) => ["endpoint", id, "part", "events"],
  rawReply: (id: string) => ["endpoint", id, "part", "raw"],
  acknowledged: (id: string, deploymentId: string) => ["acknowledged", id, deploymentId],
  mute: (id: string) => ["mute", id],
  guestLinks: (id: string) => ["guest-links", id],
  sessions: ["sessions"],
  people: ["people"],
  serviceTokens: ["service-tokens"],
  notifications: ["notifications"],
  screens: ["screens"],
  checkCounts: ["check-counts"],
  audit: (cursor: string | null) => ["audit", cursor],
  ownScreen: ["own-screen"],
} as const;

type Definition<T> = {
  queryKey: readonly unknown[];
  path: string;
  pick: PickSchema<T>;
  token?: string | null;
  /** How often to refetch; if omitted, only when something invalidates the answer. */
  every?: Duration;
  /** How often to retry after a failure. */
  everyAfterFailure?: Duration;
};

/** A query whose answer stays the same object if the server reports no change. */
export function defineQuery<T>({
  queryKey,
  path,
  pick,
  token = null,
  every,
  everyAfterFailure = every,
}: Definition<T>) {
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: ({ client, signal }) =>
      ask(path, pick, client.getQueryData<Answer<T>>(queryKey), signal, { token }),
    refetchInterval: ({ state }) => (state.status === "error" ? everyAfterFailure : every) ?? false,
  });
}

/** Every endpoint, polled just after the server polled. Unchanged endpoints are neither sent nor rendered again. */
export function fleetQuery() {
  const queryKey = queryKeys.fleet;
  const path = apiPaths.endpoints;
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: async ({ client, signal }) => {
      const known = client.getQueryData<Answer<FleetView>>(queryKey);
      const asked = known === undefined ? path : apiPaths.endpointsSince(known.etag);
      const answer = await poll(path, ({ fleet }) => fleet, known, signal, { asked });
      return applyDelta(known, answer);
    },
    // Unchanged views are the same objects already.
    structuralSharing: false,
    refetchInterval: ({ state }) => untilNextPoll(path, state.data),
    refetchOnWindowFocus: "always",
    refetchOnReconnect: "always",
  });
}

/**
 * One endpoint, polled just after the server polled. A change makes its rollouts, events and raw reply stale. So does
 * an absence of this browser, because history may have a gap although the endpoint looks the same. They are refetched
 * before the new answer counts, and shown together with it, as is the history of a rollout that appears.
 */
export function endpointQuery(apiScope: ApiScope) {
  const { name, paths, token } = apiScope;
  const queryKey = queryKeys.endpoint(name);
  const path = paths.view;
  return queryOptions({
    ...ownSchedule,
    queryKey,
    queryFn: async ({ client, signal }) => {
      const known = client.getQueryData<Answer<EndpointView>>(queryKey);
      const wasAway = known !== undefined && hasBeenAway(path, known);
      let show = (also: () => unknown): void => void also();
      const hold = async (answer: Answer<EndpointView>) => {
        if (answer === known && !wasAway) return;
        const first = featuredRollouts(answer.body).map(({ deploymentId }) =>
          toFirst(apiScope, deploymentId),
        );
        show = await askParts(client, queryKeys.endpointParts(name), signal, first);
      };
      // With a listing, the age counts from there.
      const observedAt = ({ freshness }: EndpointView) =>
        freshness.basis === undefined ? freshness.observedAt : null;
      const answer = await poll(path, ({ endpoint }) => endpoint, known, signal, { token, observedAt, hold });
      show(() => client.setQueryData(queryKey, answer));
      return answer;
    },
    refetchInterval: ({ state }) => untilNextPoll(path, state.data),
    refetchOnWindowFocus: "always",
    refetchOnReconnect: "always",
  });
}

/** A new rollout's history, so that its chart appears with its headline. */
function toFirst(apiScope: ApiScope, deploymentId: string): FirstPart {
  const query = rolloutQuery(apiScope, deploymentId);
  return { queryKey: query.queryKey, fetch: (client) => client.query(query).catch(() => undefined) };
}

/** One rollout with its points, gaps and transitions; stale when its endpoint changes. */
export function rolloutQuery({ name, paths, token }: ApiScope, deploymentId: string) {
  const queryKey = queryKeys.rollout(name, deploymentId);
  const path = paths.rollout(deploymentId);
  // A rollout that could not be read is not refetched when its endpoint changes.
  const everyAfterFailure = 10 * second;
  return queryOptions({
    ...defineQuery({ queryKey, path, pick: ({ rollout }) => rollout, token, everyAfterFailure }),
    queryFn: ({ client, signal }) => askRollout(path, client.getQueryData(queryKey), signal, token),
  });
}

/** An earlier rollout, whose history doesn't change any more when its endpoint changes. */
export function endedRolloutQuery({ name, paths, token }: ApiScope, deploymentId: string) {
  return defineQuery({
    queryKey: queryKeys.endedRollout(name, deploymentId),
    path: paths.rollout(deploymentId),
    pick: ({ rollout }) => rollout,
    token,
  });
}

/** Rollouts on one page of the list. */
export const rolloutsPerPage = 10;

/** One page of an endpoint's rollouts, newest first; null is the first. Stale when the endpoint changes. */
export function rolloutsQuery(endpointId: string, cursor: string | null) {
  return defineQuery({
    queryKey: queryKeys.rollouts(endpointId, cursor),
    path: apiPaths.rolloutPage(endpointId, rolloutsPerPage, cursor),
    pick: ({ rollouts }) => rollouts,
  });
}

/** An endpoint's newest events; stale when the endpoint changes. */
export function eventsQuery({ name, paths, token }: ApiScope) {
  return defineQuery({
    queryKey: queryKeys.events(name),
    path: paths.events,
    pick: ({ events }) => events,
    token,
  });
}

/** The last raw reply about an endpoint; stale when the endpoint changes. */
export function rawReplyQuery(endpointId: string) {
  return defineQuery({
    queryKey: queryKeys.rawReply(endpointId),
    path: apiPaths.raw(endpointId),
    pick: ({ rawReply }) => rawReply,
  });
}

/** Whether the failure of a rollout has been acknowledged. */
export function acknowledgedQuery(endpointId: string, deploymentId: string) {
  return defineQuery({
    queryKey: queryKeys.acknowledged(endpointId, deploymentId),
    path: apiPaths.acknowledgement(endpointId, deploymentId),
    pick: ({ acknowledged }) => acknowledged,
    every: 10 * second,
  });
}

/** The valid guest links of an endpoint; stale after a change. */
export function guestLinksQuery(endpointId: string) {
  return defineQuery({
    queryKey: queryKeys.guestLinks(endpointId),
    path: apiPaths.guestLinks(endpointId),
    pick: ({ guestLinks }) => guestLinks,
  });
}

/** The sessions that the viewer may end; stale after a change. */
export function sessionsQuery() {
  return defineQuery({
    queryKey: queryKeys.sessions,
    path: apiPaths.sessions,
    pick: ({ sessions }) => sessions,
    every: 15 * second,
  });
}

/** Everyone with an account; stale after a change. */
export function peopleQuery() {
  return defineQuery({
    queryKey: queryKeys.people,
    path: apiPaths.people,
    pick: ({ people }) => people,
    every: 15 * second,
  });
}

/** The screens that the viewer may manage; stale after a change. */
export function screensQuery() {
  return defineQuery({
    queryKey: queryKeys.screens,
    path: apiPaths.screens,
    pick: ({ screens }) => screens,
    every: 15 * second,
  });
}

/** One page of the audit log, newest first; null is the first. */
export function auditQuery(cursor: string | null) {
  return defineQuery({
    queryKey: queryKeys.audit(cursor),
    path: apiPaths.audit(cursor),
    pick: ({ audit }) => audit,
  });
}

/** The display settings of this screen, and what it was asked to do: soon enough for someone who waits for it. */
export function ownScreenQuery() {
  return defineQuery({
    queryKey: queryKeys.ownScreen,
    path: apiPaths.ownScreen,
    pick: ({ ownScreen }) => ownScreen,
    every: 3 * second,
  });
}
