import type { VirtualClock } from "./clock";
import { seededRandom } from "./random";
import type { Harm } from "./scenario";
import type { EndpointRecord } from "./world";
import { deploymentsBetween } from "./world";
import { stateAt } from "./script";

const MINUTE_MS = 60_000;
/** Moments of a minute at which it is asked whether a rollout moves. */
const SAMPLES = 12;

/** What callers of an endpoint felt in one minute. Times are seconds. */
export type TrafficMinute = {
  readonly requests: number;
  readonly failures: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly queue: Percentiles;
  readonly firstToken: Percentiles;
  readonly latency: Percentiles;
};

type Percentiles = { readonly p50: number; readonly p95: number };

/**
 * The traffic of an endpoint in the minute that begins at `atMs` (epoch ms). The same seed and minute give the same
 * traffic. A rollout that hurts callers does so in the share of the minute in which it moved.
 */
export function trafficOf(
  { clock, seed }: { clock: VirtualClock; seed: number },
  endpoint: EndpointRecord,
  atMs: number,
): TrafficMinute {
  const random = seededRandom(`${seed}/${endpoint.id}/traffic/${atMs}`);
  const around = (value: number, spread: number): number => value * (1 + (random() - 0.5) * 2 * spread);
  const usual = seededRandom(`${endpoint.id}/usual`);
  const perMinute = 400 + usual() * 1400;
  const firstTokenP50 = 0.18 + usual() * 0.16;
  const { failureShare, slowness } = harmDuring(clock, endpoint, atMs);
  const requests = Math.round(around(perMinute, 0.12));
  const expected = requests * (0.002 + failureShare);
  const failures = Math.min(requests, Math.floor(expected + random()));
  const firstToken = around(firstTokenP50, 0.06) * slowness;
  const queue = around(0.012, 0.2) * slowness ** 2;
  return {
    requests,
    failures,
    inputTokens: Math.round(requests * around(900, 0.1)),
    outputTokens: Math.round(requests * around(240, 0.1)),
    queue: { p50: queue, p95: queue * around(4, 0.1) },
    firstToken: { p50: firstToken, p95: firstToken * around(2.2, 0.08) },
    latency: { p50: firstToken + around(0.5, 0.05), p95: firstToken * 2.2 + around(1.2, 0.05) },
  };
}

function harmDuring(clock: VirtualClock, endpoint: EndpointRecord, atMs: number): Harm {
  const none: Harm = { failureShare: 0, slowness: 1 };
  const moments = Array.from({ length: SAMPLES }, (_, index) =>
    clock.virtualAt(atMs + ((index + 0.5) / SAMPLES) * MINUTE_MS),
  );
  const hurting = deploymentsBetween(endpoint, Math.min(...moments), Math.max(...moments));
  const harms = moments.map((virtualMs) => {
    const harm = hurting.find(
      (one) => one.kind === "scripted" && one.harm !== undefined && isMoving(one, virtualMs),
    );
    return harm?.kind === "scripted" ? (harm.harm ?? none) : none;
  });
  const mean = (of: (harm: Harm) => number): number =>
    harms.reduce((sum, harm) => sum + of(harm), 0) / SAMPLES;
  return { failureShare: mean((harm) => harm.failureShare), slowness: mean((harm) => harm.slowness) };
}

function isMoving(
  { script, startsAtMs }: { script: Parameters<typeof stateAt>[0]; startsAtMs: number },
  virtualMs: number,
): boolean {
  const { status } = stateAt(script, virtualMs - startsAtMs);
  return virtualMs >= startsAtMs && (status === "in_progress" || status === "rolling_back");
}
