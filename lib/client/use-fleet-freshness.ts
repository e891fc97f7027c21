import { useMemo } from "react";

import type { FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import { toInstantOrNull } from "@/lib/contract/to-rollout-display";
import type { FleetSummary } from "@/lib/domain/fleet-summary";
import { shortestInterval, toFleetConnectionState, type ViewerFreshness } from "@/lib/domain/connection";

import { timesOf, type Answer } from "./queries/polling";
import { useTicking } from "./time/use-ticking";
import { toViewerFreshness } from "./to-rollout-display";

/** How well this viewer sees all endpoints at once: what the server told of them, and whether that is still news. */
export function useFleetFreshness(answer: Answer<FleetView>, { freshness }: FleetSummary): ViewerFreshness {
  const { endpoints } = answer.body;
  const shortest = useMemo(() => {
    const live = endpoints.filter((view) => view.freshness.state === "live");
    return shortestInterval(
      live.map((view) => ({
        observedAt: toInstantOrNull(view.freshness.observedAt),
        nextPollAt: toInstantOrNull(view.nextPollAt),
      })),
    );
  }, [endpoints]);
  const path = apiPaths.endpoints;
  const state = useTicking((now) =>
    toFleetConnectionState(freshness.state, timesOf(path, answer), shortest, now),
  );
  const isOwn = state !== freshness.state;
  const isCutOff = state === "cut_off";
  const answeredAt = useTicking(() => (isOwn ? timesOf(path, answer).answeredAt : null));
  const nextPollAt = useTicking(() => (isCutOff ? timesOf(path, answer).nextPollAt : null));
  return toViewerFreshness(state, freshness, { observedAt: answeredAt, answeredAt, nextPollAt });
}
