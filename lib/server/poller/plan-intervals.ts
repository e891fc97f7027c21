import "server-only";

import { isBlind } from "@/lib/domain/freshness";
import { minute, type Duration } from "@/lib/domain/instant";
import { hasEnded, toNewestRolloutsFirst } from "@/lib/domain/rollout";
import type { EndpointPicture, EndpointState } from "@/lib/server/state/endpoint-state";
import type { EndpointStore, ListingState } from "@/lib/server/state/endpoint-store";

import { isCovering } from "./update-hint";
import type { WatchSettings } from "./watch-settings";

/** The polling intervals in force, and whether they are longer than the settings ask for. */
export type Intervals = {
  active: Duration;
  idle: Duration;
  covered: Duration;
  listing: Duration;
  isStretched: boolean;
};

/** Share of the requests kept free for retries. */
const reserve = 0.1;
/** Share of the requests for polls of covered endpoints, and as much again for the listing that covers them. */
const coveredShare = 0.1;
const step = 20;

/**
 * Stretches the wished intervals until all endpoints stay under the request budget: first those of idle endpoints (up
 * to ten times), then all of them evenly. Endpoints that the listing covers have their own small share, and their
 * interval stretches to fit it.
 */
export function planIntervals(input: {
  activeEndpoints: number;
  idleEndpoints: number;
  coveredEndpoints: number;
  asksForListing: boolean;
  wished: Omit<Intervals, "isStretched">;
  maxRequestsPerMinute: number;
}): Intervals {
  const { activeEndpoints, coveredEndpoints, asksForListing, wished, maxRequestsPerMinute } = input;
  const isCovering = coveredEndpoints > 0;
  // A listing that covers nothing is requested as often as one more idle endpoint.
  const idleEndpoints = input.idleEndpoints + (asksForListing && !isCovering ? 1 : 0);
  const share = maxRequestsPerMinute * coveredShare;
  // As if all idle endpoints were covered, which is so soon after a start, and in steps: the interval rarely changes.
  const steps = Math.ceil((coveredEndpoints + input.idleEndpoints) / step) * step;
  const covered = Math.max(wished.covered, Math.ceil((steps * minute) / share));
  const listing = Math.max(wished.listing, Math.ceil(minute / share));
  const taken = isCovering ? (coveredEndpoints * minute) / covered + minute / listing : 0;
  const budget = maxRequestsPerMinute * (1 - reserve) - taken;
  const activeNeed = (activeEndpoints * minute) / wished.active;
  const idleNeed = (idleEndpoints * minute) / wished.idle;
  const toPlan = (active: Duration, idle: Duration, isStretched: boolean): Intervals => ({
    ...{ active, idle, covered: Math.max(covered, idle) },
    listing: isCovering ? listing : idle,
    isStretched,
  });
  if (activeNeed + idleNeed <= budget) return toPlan(wished.active, wished.idle, false);
  const idleFactor = idleNeed === 0 ? 1 : idleNeed / Math.max(budget - activeNeed, idleNeed / 10);
  const allFactor = Math.max(1, (activeNeed + idleNeed / idleFactor) / budget);
  return toPlan(Math.ceil(wished.active * allFactor), Math.ceil(wished.idle * idleFactor * allFactor), true);
}

/** Every poll of one endpoint asks this about all of them. */
const known = new WeakMap<EndpointPicture, boolean>();

/** Active: the newest known deployment is in no terminal status. */
export function isActive({ picture }: Pick<EndpointState, "picture">): boolean {
  if (picture === null) return false;
  const active = known.get(picture) ?? isRolling(picture);
  known.set(picture, active);
  return active;
}

function isRolling({ rollouts }: EndpointPicture): boolean {
  const [newest] = toNewestRolloutsFirst(rollouts.filter(({ facts }) => facts.removed === null));
  return newest !== undefined && !hasEnded(newest);
}

/** Whether the listing stands for the polls of an idle endpoint that was polled since the start. */
function isCovered(endpointState: EndpointState): boolean {
  const { picture, isFromHistory, failures, hint } = endpointState;
  if (picture === null || isFromHistory || failures !== null || picture.facts.removedSince !== null)
    return false;
  // A hint proves that new deployments move it, and not that the counts of an older rollout under way do.
  if (picture.rollouts.some((rollout) => rollout.facts.removed === null && !hasEnded(rollout))) return false;
  return isCovering(hint);
}

/** Whether the last good listing still counts at `tick`. */
function isFresh(listing: ListingState | null, tick: Duration): boolean {
  if (listing === null || listing.listed === null || isBlind(listing.failures)) return false;
  return tick - listing.listed.tick <= listing.listed.lasts;
}

/**
 * Updates every endpoint's interval, within the budget: active endpoints are polled more often, and idle ones that the
 * listing covers rarely. Returns the plan.
 */
export function replan(
  endpointStore: EndpointStore,
  settings: Omit<WatchSettings, "org" | "endpointIds">,
  tick: Duration,
): Intervals {
  const all = endpointStore.all();
  const listing = endpointStore.listing();
  const mayCover = settings.pollCovered > settings.pollIdle && isFresh(listing, tick);
  const kinds = all.map((endpointState) => {
    if (isActive(endpointState)) return "active";
    return mayCover && isCovered(endpointState) ? "covered" : "idle";
  });
  const countOf = (kind: (typeof kinds)[number]) => kinds.filter((each) => each === kind).length;
  const plan = planIntervals({
    activeEndpoints: countOf("active"),
    idleEndpoints: countOf("idle"),
    coveredEndpoints: countOf("covered"),
    asksForListing: listing !== null,
    wished: {
      active: settings.pollActive,
      idle: settings.pollIdle,
      covered: settings.pollCovered,
      listing: Math.min(settings.pollListing, settings.pollIdle),
    },
    maxRequestsPerMinute: settings.maxRequestsPerMinute,
  });
  endpointStore.setStretchedTo(plan.isStretched ? plan.idle : null);
  for (const [index, endpointState] of all.entries()) {
    const kind = kinds[index] ?? "idle";
    const planned = { interval: plan[kind], isCovered: kind === "covered" };
    if (endpointState.interval !== planned.interval || endpointState.isCovered !== planned.isCovered)
      endpointStore.set({ ...endpointState, ...planned });
  }
  return plan;
}
