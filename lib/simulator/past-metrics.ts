import { scriptLengthMs } from "./script";
import type { Simulation } from "./simulation";
import { metricsText } from "./upstream/metrics";
import { deploymentsBetween } from "./world";

const MINUTE_MS = 60_000;
/** Before and after each rollout, and before now. */
const AROUND_MS = 32 * MINUTE_MS;
/** A script that never ends, or lasts for days, is not followed longer than this. */
const LONGEST_MS = 6 * 60 * MINUTE_MS;

/** What the Metrics API would have told, minute by minute: `at` is when the minute began (epoch ms). */
type PastMetrics = readonly { readonly at: number; readonly text: string }[];

/**
 * The metrics of the complete minutes around each rollout, and of the last ones before now: what lies between is left out,
 * because 30 days of every minute would take longer to make than a demo may take to start.
 */
export function readPastMetrics(simulation: Simulation, spanMs: number): PastMetrics {
  const { world, clock } = simulation;
  const until = Math.floor(clock.realNow() / MINUTE_MS) * MINUTE_MS;
  const minutes = new Map<number, string[]>();
  for (const endpoint of world.endpoints()) {
    const stretches = deploymentsBetween(endpoint, -spanMs, clock.now()).flatMap((one) => {
      if (one.kind === "raw" || one.startsAtMs < -spanMs) return [];
      const lengthMs = Math.min(LONGEST_MS, scriptLengthMs(one.script));
      return [[one.startsAtMs - AROUND_MS, one.startsAtMs + lengthMs + AROUND_MS] as const];
    });
    const times = new Set(
      [...stretches, [clock.now() - 2 * AROUND_MS, clock.now()] as const].flatMap(([from, to]) =>
        toMinutes(clock.realAt(from), clock.realAt(to)),
      ),
    );
    for (const at of times) if (at < until) minutes.set(at, [...(minutes.get(at) ?? []), endpoint.id]);
  }
  return [...minutes]
    .sort(([one], [other]) => one - other)
    .map(([at, ids]) => ({ at, text: metricsText(simulation, ids, at) }));
}

function toMinutes(from: number, to: number): number[] {
  const first = Math.floor(from / MINUTE_MS);
  return Array.from(
    { length: Math.floor(to / MINUTE_MS) - first + 1 },
    (_, index) => (first + index) * MINUTE_MS,
  );
}
