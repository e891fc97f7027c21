import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { hasEnded, toNewestRolloutsFirst } from "@/lib/domain/rollout";

import type { EndpointStore } from "@/lib/server/state/endpoint-store";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import { planIntervals } from "./plan-intervals";

/** Active: the newest known deployment is in no terminal status. */
function isActive({ picture }: Pick<EndpointState, "picture">): boolean {
  const listed = picture?.rollouts.filter(({ facts }) => facts.removed === null) ?? [];
  const [newest] = toNewestRolloutsFirst(listed);
  return newest !== undefined && !hasEnded(newest);
}

/** Sets every endpoint's interval anew: what rolls is asked about more often, within the budget. */
export function replan(
  endpointStore: EndpointStore,
  settings: { pollActive: Duration; pollIdle: Duration; maxRequestsPerMinute: number },
): void {
  const all = endpointStore.all();
  const activeEndpoints = all.filter(isActive).length;
  const plan = planIntervals({
    activeEndpoints,
    // The listing is asked for as often as one more quiet endpoint would be.
    idleEndpoints: all.length - activeEndpoints + (endpointStore.listing() === null ? 0 : 1),
    wished: { active: settings.pollActive, idle: settings.pollIdle },
    maxRequestsPerMinute: settings.maxRequestsPerMinute,
  });
  endpointStore.setStretchedTo(plan.isStretched ? plan.idle : null);
  for (const endpointState of all) {
    const interval = isActive(endpointState) ? plan.active : plan.idle;
    if (endpointState.interval !== interval) endpointStore.set({ ...endpointState, interval });
  }
}
