import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { latestObservation } from "@/lib/domain/observation";
import { isTerminal } from "@/lib/domain/rollout-status";

import type { Board } from "./board";
import type { EndpointMemory, RememberedRollout } from "./endpoint-memory";
import { planIntervals } from "./plan-intervals";

/** Active: the newest known deployment is in no terminal status. */
function isActive({ picture }: Pick<EndpointMemory, "picture">): boolean {
  const listed = picture?.rollouts.filter(({ facts }) => facts.gone === null) ?? [];
  const newest = listed.toSorted((a, b) => sortKey(b) - sortKey(a))[0];
  return newest !== undefined && !isTerminal(latestObservation(newest).state.status);
}

/** Sets every endpoint's interval anew: what rolls is asked about more often, within the budget. */
export function replan(
  board: Board,
  settings: { pollActive: Duration; pollIdle: Duration; maxRequestsPerMinute: number },
): void {
  const all = board.all();
  const activeEndpoints = all.filter(isActive).length;
  const plan = planIntervals({
    activeEndpoints,
    // The listing is asked for as often as one more quiet endpoint would be.
    idleEndpoints: all.length - activeEndpoints + (board.listing() === null ? 0 : 1),
    wished: { active: settings.pollActive, idle: settings.pollIdle },
    maxRequestsPerMinute: settings.maxRequestsPerMinute,
  });
  board.setStretchedTo(plan.isStretched ? plan.idle : null);
  for (const memory of all) {
    const interval = isActive(memory) ? plan.active : plan.idle;
    if (memory.interval !== interval) board.set({ ...memory, interval });
  }
}

function sortKey({ facts }: RememberedRollout): number {
  return facts.createdAt ?? facts.firstObservedAt;
}
