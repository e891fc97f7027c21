import "server-only";

import { minute, type Duration } from "@/lib/domain/instant";
import { hasEnded, toNewestRolloutsFirst } from "@/lib/domain/rollout";
import type { EndpointState } from "@/lib/server/state/endpoint-state";
import type { EndpointStore } from "@/lib/server/state/endpoint-store";

/** The polling intervals in force, and whether they are longer than the settings ask for. */
export type Intervals = { active: Duration; idle: Duration; isStretched: boolean };

/** Share of the requests kept free for retries. */
const reserve = 0.1;

/**
 * Stretches the wished intervals until all endpoints stay under the request budget: first those of idle endpoints (up
 * to ten times), then all of them evenly.
 */
export function planIntervals(input: {
  activeEndpoints: number;
  idleEndpoints: number;
  wished: { active: Duration; idle: Duration };
  maxRequestsPerMinute: number;
}): Intervals {
  const { activeEndpoints, idleEndpoints, wished } = input;
  const budget = input.maxRequestsPerMinute * (1 - reserve);
  const activeNeed = (activeEndpoints * minute) / wished.active;
  const idleNeed = (idleEndpoints * minute) / wished.idle;
  if (activeNeed + idleNeed <= budget) return { ...wished, isStretched: false };
  const idleFactor = idleNeed === 0 ? 1 : idleNeed / Math.max(budget - activeNeed, idleNeed / 10);
  const allFactor = Math.max(1, (activeNeed + idleNeed / idleFactor) / budget);
  return {
    active: Math.ceil(wished.active * allFactor),
    idle: Math.ceil(wished.idle * idleFactor * allFactor),
    isStretched: true,
  };
}

/** Active: the newest known deployment is in no terminal status. */
function isActive({ picture }: Pick<EndpointState, "picture">): boolean {
  const listed = picture?.rollouts.filter(({ facts }) => facts.removed === null) ?? [];
  const [newest] = toNewestRolloutsFirst(listed);
  return newest !== undefined && !hasEnded(newest);
}

/** Updates every endpoint's interval: active endpoints are polled more often, within the budget. */
export function replan(
  endpointStore: EndpointStore,
  settings: { pollActive: Duration; pollIdle: Duration; maxRequestsPerMinute: number },
): void {
  const all = endpointStore.all();
  const activeEndpoints = all.filter(isActive).length;
  const plan = planIntervals({
    activeEndpoints,
    // The listing is requested as often as one more idle endpoint.
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
