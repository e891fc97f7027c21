import "server-only";

import { minute, second, type Duration } from "@/lib/domain/instant";

import type { Metrics } from "./create-metrics";

/** A request to Cerebras that was sent; `outcome` is "ok" or the code of its failure. */
export type UpstreamCall = {
  operation: "endpoint" | "listing" | "versions" | "version";
  outcome: string;
  took: Duration;
};

export type UpstreamCount = ReturnType<typeof countUpstream>;

/** Counts requests to Cerebras, and how much of the budget of each organization the last minute used. */
export function countUpstream({ upstream }: Metrics, tick: () => Duration) {
  const recent = new Map<string, Duration[]>();

  function within(organization: string): Duration[] {
    const now = tick();
    return (recent.get(organization) ?? []).filter((at) => now - at < minute);
  }

  return {
    /** An organization without a name is the empty one. */
    note: (organization: string, { operation, outcome, took }: UpstreamCall): void => {
      upstream.requests.inc({ organization, operation, outcome });
      upstream.duration.observe({ operation }, took / second);
      recent.set(organization, [...within(organization), tick()]);
    },
    /** Requests in the last minute. */
    used: (organization: string): number => within(organization).length,
  };
}
