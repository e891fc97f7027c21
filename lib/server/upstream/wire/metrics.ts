import "server-only";

import { second, type Duration } from "@/lib/domain/instant";
import type { TrafficMinute } from "@/lib/domain/traffic";

import { unreadable } from "../failure";
import { parsePrometheusText, type Sample } from "./prometheus-text";

/** The figures of one minute, without the minute. */
export type TrafficFigures = Omit<TrafficMinute, "at">;

/**
 * The figures of each endpoint that a reply of the Metrics API names. Every series is a gauge of the last complete minute,
 * `*_total` included, so nothing is divided by time. Throws unreadable_reply for anything but Prometheus text.
 */
export function parseMetrics(bytes: Buffer): Map<string, TrafficFigures> {
  const samples = parsePrometheusText(bytes.toString("utf8"));
  if (samples === null) throw unreadable("not Prometheus text");
  const byEndpoint = new Map<string, Sample[]>();
  for (const sample of samples) {
    const endpointId = sample.labels.get("endpoint");
    if (endpointId === undefined) continue;
    byEndpoint.set(endpointId, byEndpoint.get(endpointId) ?? []);
    byEndpoint.get(endpointId)?.push(sample);
  }
  return new Map([...byEndpoint].map(([endpointId, own]) => [endpointId, toFigures(own)]));
}

function toFigures(samples: readonly Sample[]): TrafficFigures {
  const count = (name: string) => toCount(findValue(samples, name, null));
  const time = (name: string, percentile: string) => toDuration(findValue(samples, name, percentile));
  const [total, succeeded, failed] = [
    count("requests_count_total"),
    count("requests_success_total"),
    count("requests_failure_total"),
  ];
  return {
    requests: total ?? (succeeded === null || failed === null ? null : succeeded + failed),
    failures: failed ?? (total === null || succeeded === null ? null : Math.max(0, total - succeeded)),
    firstTokenP50: time("ttft_seconds", "50"),
    firstTokenP95: time("ttft_seconds", "95"),
    queueP50: time("queue_time_seconds", "50"),
    queueP95: time("queue_time_seconds", "95"),
  };
}

/** The documentation calls the label `percentile` on one page and `statistic` on another. */
const percentileLabels = ["percentile", "statistic"] as const;

/** `p95`, `P95`, `95`, `95th` and `0.95` are the same percentile; `median` is the 50th. */
function toPercentile(text: string): string | null {
  if (text.toLowerCase() === "median") return "50";
  const [, digits] = /^(?:p|0?\.)?(\d{1,2})(?:th)?$/i.exec(text.trim()) ?? [];
  return digits === undefined ? null : text.includes(".") ? digits.padEnd(2, "0") : digits;
}

/** The series of that name; with a percentile, the one whose label says it. Undefined if there is none. */
function findValue(samples: readonly Sample[], name: string, percentile: string | null): number | undefined {
  const isWanted = ({ labels }: Sample) =>
    percentile === null ||
    percentileLabels.some((label) => {
      const text = labels.get(label);
      return text !== undefined && toPercentile(text) === percentile;
    });
  return samples.find((sample) => sample.name === name && isWanted(sample))?.value;
}

/** Null for what cannot be a number of requests. */
function toCount(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) || value < 0 ? null : value;
}

function toDuration(value: number | undefined): Duration | null {
  return value === undefined || !Number.isFinite(value) || value < 0 ? null : value * second;
}
