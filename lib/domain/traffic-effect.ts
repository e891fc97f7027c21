import {
  isShared,
  divideTraffic,
  median,
  toTrafficWindow,
  type Stretch,
  type TrafficWindow,
} from "./traffic-windows";
import type { Duration } from "./instant";
import type { TrafficMinute } from "./traffic";

/** What may be concluded about failed requests. Shares are 0 to 1, and `requests` is of the rollout. */
export type FailureEffect = {
  kind: "rose" | "no_more" | "about_same";
  before: number;
  during: number;
  requests: number;
};

/** Callers waited longer for the first token: the 95th percentile, as the median of the minutes. */
export type FirstTokenEffect = { before: Duration; during: Duration };

/** Everything that was measured about a rollout's callers, and what may be concluded from it. */
export type TrafficEffect = {
  before: TrafficWindow;
  during: TrafficWindow;
  after: TrafficWindow;
  failures: FailureEffect | null;
  slower: FirstTokenEffect | null;
};

/**
 * What callers felt of a rollout. It concludes nothing from few minutes or requests, while the evidence is not clear, or
 * if another rollout was under way at the same time.
 */
export function toTrafficEffect(
  minutes: readonly TrafficMinute[],
  rollout: Stretch,
  others: readonly Stretch[],
): TrafficEffect {
  const { before, during, after } = divideTraffic(minutes, rollout, others);
  const isClear = !isShared(during, others);
  return {
    before: toTrafficWindow(before),
    during: toTrafficWindow(during),
    after: toTrafficWindow(after),
    failures: isClear ? judgeFailures(before, during) : null,
    slower: isClear ? judgeFirstToken(before, during) : null,
  };
}

/** Fewer minutes say nothing about how much failures vary. */
const leastMinutesBefore = 5;
const leastRequests = 100;
/** Fewer failed requests may be one caller's. */
const leastFailures = 5;
/** A smaller rise is nothing that is worth a sentence. */
const smallestRise = 0.002;
/** Less than this counts as the same: half a percent of the requests. */
const sameWithin = 0.005;
/** 99 % and 95 % of a normal distribution, two-sided. */
const [strict, usual] = [2.576, 1.96];

/**
 * Compares shares by their confidence intervals (Wilson score). Failures come in bursts, so the requests count for less the
 * more the minutes before differed among each other (quasi-binomial: divided by the dispersion).
 */
export function judgeFailures(
  before: readonly TrafficMinute[],
  during: readonly TrafficMinute[],
): FailureEffect | null {
  const [former, own] = [toCounts(before), toCounts(during)];
  if (former.minutes.length < leastMinutesBefore) return null;
  if (former.requests < leastRequests || own.requests < leastRequests) return null;
  const dispersion = toDispersion(former);
  const shares = { before: former.failures / former.requests, during: own.failures / own.requests };
  const effect = { ...shares, requests: own.requests };
  const low = wilson(shares.during, own.requests / dispersion, strict).low;
  const isRise = low > wilson(shares.before, former.requests / dispersion, strict).high;
  if (isRise && own.failures >= leastFailures && shares.during - shares.before >= smallestRise)
    return { kind: "rose", ...effect };
  const { high } = wilson(shares.during, own.requests / dispersion, usual);
  if (high > shares.before + sameWithin) return null;
  return { kind: shares.during <= shares.before ? "no_more" : "about_same", ...effect };
}

type Counts = { minutes: { requests: number; failures: number }[]; requests: number; failures: number };

function toCounts(minutes: readonly TrafficMinute[]): Counts {
  const counted = minutes.flatMap(({ requests, failures }) =>
    requests === null || failures === null || requests <= 0 || failures > requests
      ? []
      : [{ requests, failures }],
  );
  return {
    minutes: counted,
    requests: counted.reduce((sum, { requests }) => sum + requests, 0),
    failures: counted.reduce((sum, { failures }) => sum + failures, 0),
  };
}

/** How much more the minutes differ than chance alone would make them (Pearson's chi-squared per degree), at least 1. */
function toDispersion({ minutes, requests, failures }: Counts): number {
  const share = failures / requests;
  if (share <= 0 || share >= 1 || minutes.length < 2) return 1;
  const chi = minutes.reduce(
    (sum, each) => sum + (each.failures - each.requests * share) ** 2 / (each.requests * share * (1 - share)),
    0,
  );
  return Math.max(1, chi / (minutes.length - 1));
}

/** The score interval of a share seen in `n` trials, at `z` standard deviations (E. B. Wilson, 1927). */
export function wilson(share: number, n: number, z: number): { low: number; high: number } {
  const square = z * z;
  const middle = (share + square / (2 * n)) / (1 + square / n);
  const half = (z / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

const leastBeforeForTimes = 10;
const leastDuringForTimes = 4;
/** Shorter waits that grew by less are nothing that is worth a sentence. */
const smallestDelay: Duration = 50;
const smallestFactor = 1.3;

/**
 * Callers waited longer if three quarters of the minutes of the rollout, at least, were slower than every minute before. By
 * chance alone that happens about once in a hundred times for the fewest minutes, and less with more.
 */
export function judgeFirstToken(
  before: readonly TrafficMinute[],
  during: readonly TrafficMinute[],
): FirstTokenEffect | null {
  const [former, own] = [toTimes(before), toTimes(during)];
  const [usualTime, time] = [median(former), median(own)];
  if (former.length < leastBeforeForTimes || own.length < leastDuringForTimes) return null;
  if (usualTime === null || time === null) return null;
  if (time < usualTime * smallestFactor || time - usualTime < smallestDelay) return null;
  const slowest = Math.max(...former);
  const slower = own.filter((each) => each > slowest).length;
  return slower >= own.length * 0.75 ? { before: usualTime, during: time } : null;
}

function toTimes(minutes: readonly TrafficMinute[]): Duration[] {
  return minutes.flatMap(({ firstTokenP95 }) => firstTokenP95 ?? []);
}
