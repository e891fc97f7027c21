import "server-only";

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

import { displayStates } from "@/lib/domain/display-state";

/** prom-client gives these gauges a name that Prometheus keeps for counters. */
const misnamed = [
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
];

/** The results with which a rollout ends, in the API's words. */
export const results = ["done", "error", "rolled_back", "cancelled"] as const;

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Everything that `/metrics` shows. Names and units follow the Prometheus conventions; every label has a bounded set of
 * values, or is the id of a watched endpoint, whose series end with it. Counters begin at zero with the process.
 * The process is measured from the first scrape on, because that costs a timer; with `isOn` false, never.
 */
export function createMetrics({ isOn }: { isOn: boolean }) {
  const registry = new Registry();
  let isMeasured = !isOn;
  const registers = [registry];
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name: `rollcall_${name}`, help, labelNames, registers });
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: `rollcall_${name}`, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]) =>
    new Histogram({ name: `rollcall_${name}`, help, buckets, labelNames, registers });

  return {
    registry,
    measureProcess: (): void => {
      if (isMeasured) return;
      isMeasured = true;
      collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
      for (const name of misnamed) registry.removeSingleMetric(name);
    },
    endpoint: {
      info: gauge(
        "endpoint_info",
        "Always 1: the organization, architecture and current version of an endpoint.",
        ...(["endpoint", "organization", "model_arch", "version"] as const),
      ),
      replicas: gauge("endpoint_replicas", "Replicas of the current rollout.", "endpoint"),
      updated: gauge(
        "endpoint_updated_replicas",
        "Replicas that run the version of the current rollout.",
        "endpoint",
      ),
      guaranteed: gauge(
        "endpoint_guaranteed_replicas",
        "Replicas less those that may be unavailable during the current rollout.",
        "endpoint",
      ),
      state: gauge(
        "endpoint_state",
        `Always 1, for the display state that the current rollout is in: ${displayStates.join(", ")}.`,
        ...(["endpoint", "state"] as const),
      ),
      blind: gauge("endpoint_blind", "1 while Cerebras cannot be read about this endpoint.", "endpoint"),
      age: gauge("endpoint_observation_age_seconds", "Time since the newest good observation.", "endpoint"),
    },
    rollout: {
      completed: counter(
        "rollouts_completed_total",
        "Rollouts seen to end, by result, while this instance was the leader.",
        ...(["endpoint", "result"] as const),
      ),
      duration: histogram(
        "rollout_duration_seconds",
        "From the creation of a deployment to the end of its rollout.",
        [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400],
        "result",
      ),
      stalls: counter(
        "rollout_stalls_total",
        "Stalls of rollouts, each counted at the first scrape that sees it.",
        "endpoint",
      ),
    },
    upstream: {
      requests: counter(
        "upstream_requests_total",
        "Requests to Cerebras by operation and outcome (ok, or why they failed).",
        ...(["organization", "operation", "outcome"] as const),
      ),
      duration: histogram(
        "upstream_request_duration_seconds",
        "How long Cerebras took to answer.",
        [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        "operation",
      ),
      budget: gauge(
        "upstream_budget_used_ratio",
        "Requests of the last minute over ROLLCALL_MAX_REQUESTS_PER_MINUTE.",
        "organization",
      ),
      listingBlind: gauge(
        "listing_blind",
        "1 while the list of an organization's endpoints cannot be read.",
        "organization",
      ),
    },
    leader: gauge("leader", "1 while this instance is the one that polls."),
    history: {
      saved: gauge("history_saved", "1 while history is being saved; for a follower, while it is received."),
      writes: counter("history_writes_total", "Writes to the database by outcome.", "outcome"),
      duration: histogram(
        "history_write_duration_seconds",
        "How long the database took for a write.",
        [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      ),
    },
    notifications: {
      attempts: counter(
        "notification_attempts_total",
        "Attempts to deliver a notification by outcome: sent, waiting (it is tried again) or failed (it is not).",
        ...(["channel", "outcome"] as const),
      ),
      waiting: gauge("notifications_waiting", "Notifications that wait to be sent.", "channel"),
      failed: gauge("notifications_failed", "Notifications that are kept and were given up.", "channel"),
      oldest: gauge(
        "notification_oldest_waiting_seconds",
        "Time since the event of the oldest notification that waits.",
        "channel",
      ),
    },
    waiting: gauge("waiting_requests", "Requests that wait for the outcome of a rollout."),
    http: {
      requests: counter(
        "http_requests_total",
        "Answered requests by route, method and status.",
        ...(["route", "method", "status"] as const),
      ),
      duration: histogram(
        "http_request_duration_seconds",
        "From the head of a request to the end of its answer.",
        [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
        "route",
      ),
    },
  };
}
