import { useMemo } from "react";

import type { FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import {
  connectionChangesAt,
  shortestInterval,
  toConnectionState,
  toFleetPolling,
  type ConnectionState,
  type ViewerFreshness,
} from "@/lib/domain/connection";
import type { FleetSummary } from "@/lib/domain/fleet-summary";
import type { Freshness, FreshnessState } from "@/lib/domain/freshness";
import type { Instant } from "@/lib/domain/instant";

import { timesOf, type Answer } from "./polling";
import { usePolled } from "./time/use-ticking";

/** The connection state of what is polled at `path`. Rerenders only when the state changes. */
export function useConnectionState(
  path: string,
  answer: Answer<unknown> | undefined,
  reported: FreshnessState,
): ConnectionState {
  return usePolled(
    (now) => (answer === undefined ? reported : toConnectionState(reported, timesOf(path, answer), now)),
    (now) => (answer === undefined ? Infinity : connectionChangesAt(reported, timesOf(path, answer), now)),
  );
}

/** The same with its instants. While it's live they aren't shown, so they don't cause rerenders. */
export function useFreshness(
  path: string,
  answer: Answer<unknown>,
  freshness: Freshness,
  state: ConnectionState,
): ViewerFreshness {
  const isCutOff = state === "cut_off";
  const observedAt = usePolled(() => (state === "live" ? null : timesOf(path, answer).observedAt));
  const answeredAt = usePolled(() => (isCutOff ? timesOf(path, answer).answeredAt : null));
  const nextPollAt = usePolled(() => (isCutOff ? timesOf(path, answer).nextPollAt : null));
  return toViewerFreshness(state, freshness, { observedAt, answeredAt, nextPollAt });
}

/** The freshness of all endpoints at once: what the server reported, or that its report has become stale. */
export function useFleetFreshness(answer: Answer<FleetView>, { freshness }: FleetSummary): ViewerFreshness {
  const { endpoints } = answer.body;
  const shortest = useMemo(() => {
    const live = endpoints.filter((view) => view.freshness.state === "live");
    return shortestInterval(
      live.map(({ freshness: { observedAt }, nextPollAt }) => ({ observedAt, nextPollAt })),
    );
  }, [endpoints]);
  const path = apiPaths.endpoints;
  const polling = () => toFleetPolling(timesOf(path, answer), shortest);
  const state = usePolled(
    (now) => toConnectionState(freshness.state, polling(), now),
    (now) => connectionChangesAt(freshness.state, polling(), now),
  );
  const isOwn = state !== freshness.state;
  const isCutOff = state === "cut_off";
  const answeredAt = usePolled(() => (isOwn ? timesOf(path, answer).answeredAt : null));
  const nextPollAt = usePolled(() => (isCutOff ? timesOf(path, answer).nextPollAt : null));
  return toViewerFreshness(state, freshness, { observedAt: answeredAt, answeredAt, nextPollAt });
}

/** What this browser's own polls add to the server's report; null where it isn't needed. */
type OwnTimes = { observedAt: Instant | null; answeredAt: Instant | null; nextPollAt: Instant | null };

/** Combines the server's report with this browser's own polls. */
function toViewerFreshness(state: ConnectionState, freshness: Freshness, own: OwnTimes): ViewerFreshness {
  const { cause } = freshness;
  const observedAt = own.observedAt ?? freshness.observedAt;
  if (state === "cut_off") {
    return { state, observedAt, since: own.answeredAt, cause: null, retryAt: own.nextPollAt };
  }
  return {
    state,
    observedAt,
    since: cause === null ? observedAt : cause.since,
    cause: cause === null ? null : { code: cause.code, message: cause.message },
    retryAt: cause?.retryAt ?? null,
  };
}
