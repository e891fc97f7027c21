import { hour, minute, second, type Duration } from "@/lib/domain/instant";
import type { TimeLeft, UsualRange } from "@/lib/domain/time-left";

import { numberWord } from "./number-word";
import { rangeText } from "./time-range";

/** How long a rollout will still take, in whole steps that a person would say, and from what that follows. */
export type TimeLeftWords = { lowSeconds: number; highSeconds: number; evidence: string };

/** The estimate as everyone sees it. Its steps are coarse, so that it changes when its words do. */
export function toTimeLeftWords(left: TimeLeft): TimeLeftWords {
  const step = stepOf(left.high);
  return {
    lowSeconds: (Math.floor(left.low / step) * step) / second,
    highSeconds: (Math.max(1, Math.ceil(left.high / step)) * step) / second,
    evidence: evidenceText(left),
  };
}

function stepOf(high: Duration): Duration {
  if (high <= 80 * second) return 10 * second;
  if (high <= 30 * minute) return minute;
  return high <= 2 * hour ? 5 * minute : 30 * minute;
}

/** `8–13 min left`, or `up to 40 s left` where it may be over any moment. */
export function timeLeftText({ lowSeconds, highSeconds }: Omit<TimeLeftWords, "evidence">): string {
  if (lowSeconds === 0) return `up to ${rangeText(highSeconds * second, highSeconds * second)} left`;
  return `${rangeText(lowSeconds * second, highSeconds * second)} left`;
}

/** `About 8–13 min left: 3 of 8 in 6 min here, the last four rollouts took 14–19 min.` */
export function timeLeftSentence(left: TimeLeftWords): string {
  const text = timeLeftText(left);
  return `${text.startsWith("up") ? `U${text.slice(1)}` : `About ${text}`}: ${left.evidence}.`;
}

function evidenceText({ own, usual }: TimeLeft): string {
  return [
    own === null ? null : `${own.updated} of ${own.total} in ${rangeText(own.within, own.within)} here`,
    usual === null ? null : `${pastText(usual)} took ${rangeText(usual.low, usual.high)}`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

function pastText({ count, isScaled }: UsualRange): string {
  const rollouts = count === 1 ? "the last rollout" : `the last ${numberWord(count)} rollouts`;
  return isScaled ? `for as many replicas, ${rollouts} would have` : rollouts;
}

/** `the usual 14–19 min`. */
export function usualTimeText({ low, high, isScaled }: UsualRange): string {
  return `the usual ${rangeText(low, high)}${isScaled ? " for as many replicas" : ""}`;
}
