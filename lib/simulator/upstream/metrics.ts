import type { Simulation } from "../simulation";
import type { TrafficMinute } from "../traffic";
import { trafficOf } from "../traffic";
import type { Answer } from "./answer";
import { problem } from "./answer";

const MINUTE_MS = 60_000;

/** GET /api/v1/metrics/organizations/{organization_id}: the last complete minute, as Prometheus text. */
export function organizationMetrics(
  simulation: Simulation,
  [organizationId = ""]: readonly string[],
): Answer {
  if (organizationId !== ORGANIZATION_ID) return problem(404, `Organization '${organizationId}' not found`);
  const now = Date.now();
  if (!simulation.metricsCalls.take(now)) {
    return { ...problem(429, "At most 6 requests a minute"), headers: { "retry-after": "20" } };
  }
  const atMs = (Math.floor(now / MINUTE_MS) - 1) * MINUTE_MS;
  return {
    status: 200,
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    body: metricsText(
      simulation,
      simulation.world.endpoints().map(({ id }) => id),
      atMs,
    ),
  };
}

/** The only organization id that has metrics. */
export const ORGANIZATION_ID = "org_simulated";

/** The metrics of these endpoints in the minute that begins at `atMs` (epoch ms), as Prometheus text. */
export function metricsText(simulation: Simulation, ids: readonly string[], atMs: number): string {
  const minutes = ids.flatMap((id) => {
    const endpoint = simulation.world.endpoint(id);
    return endpoint === undefined ? [] : [{ id, minute: trafficOf(simulation, endpoint, atMs) }];
  });
  return METRICS.map(({ name, help, read }) => {
    const samples = minutes.flatMap(({ id, minute }) =>
      read(minute).map(([label, value]) => {
        const extra = label === null ? "" : `,${label}`;
        return `${name}{endpoint="${id}",organization_id="${ORGANIZATION_ID}"${extra}} ${value}\n`;
      }),
    );
    return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${samples.join("")}`;
  }).join("");
}

type Read = (minute: TrafficMinute) => readonly (readonly [label: string | null, value: number])[];

const plain =
  (of: (minute: TrafficMinute) => number): Read =>
  (minute) => [[null, of(minute)]];

/** The pages of the API disagree about the label: one series is served with each spelling. */
const percentiles =
  (label: "percentile" | "statistic", of: (minute: TrafficMinute) => { p50: number; p95: number }): Read =>
  (minute) => {
    const { p50, p95 } = of(minute);
    return [
      [`${label}="p50"`, round(p50)],
      [`${label}="p95"`, round(p95)],
    ];
  };

function round(seconds: number): number {
  return Math.round(seconds * 10_000) / 10_000;
}

const METRICS: readonly { name: string; help: string; read: Read }[] = [
  { name: "inference_endpoint_status", help: "1 up, 0 down, -1 unknown", read: plain(() => 1) },
  { name: "requests_count_total", help: "Requests in the minute", read: plain(({ requests }) => requests) },
  {
    name: "requests_success_total",
    help: "Requests that succeeded in the minute",
    read: plain(({ requests, failures }) => requests - failures),
  },
  {
    name: "requests_failure_total",
    help: "Requests that failed in the minute",
    read: plain(({ failures }) => failures),
  },
  { name: "input_tokens_total", help: "Input tokens", read: plain(({ inputTokens }) => inputTokens) },
  { name: "output_tokens_total", help: "Output tokens", read: plain(({ outputTokens }) => outputTokens) },
  {
    name: "queue_time_seconds",
    help: "Time in the queue",
    read: percentiles("statistic", ({ queue }) => queue),
  },
  {
    name: "ttft_seconds",
    help: "Time to first token",
    read: percentiles("percentile", ({ firstToken }) => firstToken),
  },
  {
    name: "e2e_latency_seconds",
    help: "Time to the last token",
    read: percentiles("percentile", ({ latency }) => latency),
  },
];
