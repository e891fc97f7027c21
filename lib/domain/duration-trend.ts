import { greatest, median, quantile, smallest } from "./extremes";
import type { Duration } from "./instant";

/** How long a rollout took that succeeded, and on how many replicas; null: not reported. */
export type Took = { took: Duration; total: number | null };

/** The last rollouts against those before: how many there are of each, and the medians of their durations and totals. */
type Compared = Record<"last" | "before", { count: number; took: Duration; total: number | null }>;

/** What the durations of an endpoint's rollouts say. `direction` is null where that is not clear, or too few are known. */
export type DurationTrend = {
  count: number;
  shortest: Duration;
  usual: Duration;
  longest: Duration;
  direction: ("slower" | "faster" | "steady") | null;
  compared: Compared | null;
};

/** How many of the newest are compared with those before, and how many of those are needed. */
const lastOnes = 3;
const fewestBefore = 5;
/** A median that differs by less is the same; by more it is another one if none of the last fits those before. */
const clearly = 1.2;
const mostlyBelow = 0.75;

/** Whether rollouts are getting slower: `durations` oldest first. Null without any. */
export function toDurationTrend(durations: readonly Took[]): DurationTrend | null {
  const lengths = durations.map(({ took }) => took);
  const [shortest, usual, longest] = [smallest(lengths), median(lengths), greatest(lengths)];
  if (shortest === null || usual === null || longest === null) return null;
  const compared = compare(durations);
  const direction = compared === null ? null : toDirection(lengths, compared);
  return { count: durations.length, shortest, usual, longest, direction, compared };
}

function compare(durations: readonly Took[]): Compared | null {
  const before = durations.slice(0, -lastOnes);
  if (before.length < fewestBefore) return null;
  return { last: toMedians(durations.slice(-lastOnes)), before: toMedians(before) };
}

function toMedians(durations: readonly Took[]): Compared["last"] {
  const totals = durations.flatMap(({ total }) => total ?? []);
  const took = median(durations.map((each) => each.took)) ?? 0;
  return { count: durations.length, took, total: median(totals) };
}

/** Each of the last ones has to lie outside of what three quarters of those before took, and their median far off. */
function toDirection(lengths: readonly Duration[], { last, before }: Compared): DurationTrend["direction"] {
  const [earlier, newest] = [lengths.slice(0, -lastOnes), lengths.slice(-lastOnes)];
  const upper = quantile(earlier, mostlyBelow) ?? 0;
  const lower = quantile(earlier, 1 - mostlyBelow) ?? 0;
  const ratio = last.took / Math.max(1, before.took);
  if (ratio >= clearly) return newest.every((each) => each > upper) ? "slower" : null;
  if (ratio <= 1 / clearly) return newest.every((each) => each < lower) ? "faster" : null;
  return "steady";
}
