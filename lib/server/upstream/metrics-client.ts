import "server-only";

import { performance } from "node:perf_hooks";

import { findProxy, type OutboundProxy } from "@/lib/server/config/network";

import { UpstreamFailure } from "./failure";
import { createProtection } from "./protection";
import { createSender, defaultBudgets, type Budgets } from "./send";
import { metricsUrl } from "./templates";
import { parseMetrics, type TrafficFigures } from "./wire/metrics";

export type MetricsClient = ReturnType<typeof createMetricsClient>;

/** An organization with a thousand endpoints has about 2 MB of metrics. */
const mostBytes = 4_096 * 1024;

/**
 * The only access to the Metrics API: one address, GET only, with the inference key. Every call resolves with the last
 * complete minute of each endpoint or rejects with an UpstreamFailure.
 */
export function createMetricsClient(settings: {
  baseUrl: URL;
  organizationId: string;
  readKey: () => Promise<string>;
  userAgent: string;
  proxy?: OutboundProxy | null;
  budgets?: Budgets;
}) {
  const { baseUrl, organizationId, readKey, userAgent } = settings;
  const sender = createSender(userAgent, {
    budgets: settings.budgets ?? { ...defaultBudgets, bytes: mostBytes },
    proxy: findProxy(baseUrl, settings.proxy ?? null),
    reads: "text",
    keyName: "inference key",
  });
  const protection = createProtection(() => performance.now());
  return {
    /** Reads the last complete minute of each endpoint of the organization. */
    readMinute: async (): Promise<Map<string, TrafficFigures>> => {
      const key = await readKey().catch(rejectKey);
      return protection.guard(async () =>
        parseMetrics(await sender.send(metricsUrl(baseUrl, organizationId), key)),
      );
    },
    /** Drops a prescribed pause, because the key it was prescribed for was replaced. */
    clearHolds: protection.clearHolds,
    close: sender.close,
  };
}

/** Drops the original error, which may quote file contents. */
function rejectKey(): never {
  const message = "The inference key cannot be read.";
  throw new UpstreamFailure({ code: "key_rejected", message, detail: "key unreadable" });
}
