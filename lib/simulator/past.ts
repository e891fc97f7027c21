import type { VirtualClock } from "./clock";
import type { JsonObject } from "./json";
import type { ScenarioEndpoint } from "./scenario";
import { stepTimes } from "./script";
import { toStatusBody } from "./upstream/status-body";
import type { World } from "./world";
import { deploymentsBetween } from "./world";

/** What the status of an endpoint was from `at` (epoch ms) on. */
type PastReply = { readonly at: number; readonly endpointId: string; readonly body: JsonObject };

/** The replies of the past, and the times (epoch ms) in which there were failures with `status` instead. */
export type Past = {
  readonly replies: readonly PastReply[];
  readonly outages: readonly { readonly from: number; readonly until: number; readonly status: number }[];
};

/**
 * What would have been answered about every endpoint from `spanMs` before the scenario's start until now: one reply at
 * the beginning, and one whenever a script changed something.
 */
export function readPast(world: World, clock: VirtualClock, spanMs: number): Past {
  const replies = world.endpoints().flatMap((endpoint) =>
    changeTimes(endpoint, Math.max(-spanMs, createdMs(endpoint, clock)), clock.now()).map((virtualMs) => ({
      at: clock.realAt(virtualMs),
      endpointId: endpoint.id,
      body: toStatusBody(world, endpoint, virtualMs),
    })),
  );
  const outages = world.pastOutages.map(({ fromMs, untilMs, status }) => ({
    from: clock.realAt(fromMs),
    until: clock.realAt(untilMs),
    status,
  }));
  return { replies, outages };
}

/** The first moment, and every later one at which a script takes a step or a deployment begins. Virtual milliseconds. */
function changeTimes(endpoint: ScenarioEndpoint, fromMs: number, toMs: number): number[] {
  const steps = deploymentsBetween(endpoint, fromMs, toMs).flatMap((deployment) =>
    deployment.kind === "raw"
      ? []
      : [0, ...stepTimes(deployment.script)].map((atMs) => deployment.startsAtMs + atMs),
  );
  const later = steps.filter((virtualMs) => virtualMs > fromMs && virtualMs <= toMs);
  return [...new Set([fromMs, ...later])].sort((one, other) => one - other);
}

function createdMs(endpoint: ScenarioEndpoint, clock: VirtualClock): number {
  const { created } = endpoint;
  return typeof created === "number" ? created * 1000 - clock.startedAtMs : Number.NEGATIVE_INFINITY;
}
