import { minute, type Duration, type Instant } from "./instant";
import type { TrafficMinute } from "./traffic";

/** How long before the start of a rollout, and after its end, what callers felt is compared with it. */
export const besideRollout: Duration = 30 * minute;

/** What callers felt in some minutes: sums of requests, and medians of what was reported for each minute. */
export type TrafficWindow = {
  /** How many minutes were reported. */
  minutes: number;
  requests: number | null;
  failures: number | null;
  firstTokenP50: Duration | null;
  firstTokenP95: Duration | null;
  queueP50: Duration | null;
  queueP95: Duration | null;
};

/** From the start to the end of a rollout; `endedAt` is null while it lasts. */
export type Stretch = { startedAt: Instant; endedAt: Instant | null };

/** The minutes before, during and after a rollout. */
export type TrafficParts = Record<"before" | "during" | "after", readonly TrafficMinute[]>;

/**
 * Divides minutes by a rollout. A minute in which the rollout was under way for any moment is during it. Before and after
 * hold none in which another rollout was under way, because callers may have felt that one.
 */
export function divideTraffic(
  minutes: readonly TrafficMinute[],
  rollout: Stretch,
  others: readonly Stretch[],
): TrafficParts {
  const { startedAt, endedAt } = rollout;
  const isQuiet = (each: TrafficMinute) => !others.some((other) => isUnderWay(other, each));
  const isBefore = ({ at }: TrafficMinute) => at >= startedAt - besideRollout && at + minute <= startedAt;
  const isAfter = ({ at }: TrafficMinute) =>
    endedAt !== null && at >= endedAt && at < endedAt + besideRollout;
  return {
    before: minutes.filter((each) => isBefore(each) && isQuiet(each)),
    during: minutes.filter((each) => isUnderWay(rollout, each)),
    after: minutes.filter((each) => isAfter(each) && isQuiet(each)),
  };
}

/** Whether another rollout was under way during any minute of this one. */
export function isShared(during: readonly TrafficMinute[], others: readonly Stretch[]): boolean {
  return during.some((each) => others.some((other) => isUnderWay(other, each)));
}

function isUnderWay({ startedAt, endedAt }: Stretch, { at }: TrafficMinute): boolean {
  return at + minute > startedAt && (endedAt === null || at < endedAt);
}

/** Sums the requests of the minutes that report both requests and failures, and takes medians of all other figures. */
export function toTrafficWindow(minutes: readonly TrafficMinute[]): TrafficWindow {
  const counted = minutes.filter(({ requests, failures }) => requests !== null && failures !== null);
  const sum = (of: (each: TrafficMinute) => number | null) =>
    counted.length === 0 ? null : counted.reduce((total, each) => total + (of(each) ?? 0), 0);
  const middle = (of: (each: TrafficMinute) => number | null) =>
    median(minutes.flatMap((each) => of(each) ?? []));
  return {
    minutes: minutes.length,
    requests: sum(({ requests }) => requests),
    failures: sum(({ failures }) => failures),
    firstTokenP50: middle(({ firstTokenP50 }) => firstTokenP50),
    firstTokenP95: middle(({ firstTokenP95 }) => firstTokenP95),
    queueP50: middle(({ queueP50 }) => queueP50),
    queueP95: middle(({ queueP95 }) => queueP95),
  };
}

/** Null of no values. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
