import type { DurationTrend } from "@/lib/domain/duration-trend";
import { minute, second } from "@/lib/domain/instant";

import { formatLength } from "./duration";
import { numberWord } from "./number-word";
import { rangeText } from "./time-range";

/** Whether rollouts are getting slower, in words; without a word about the direction where that is not clear. */
export function trendSentence(trend: DurationTrend): string {
  const { count, shortest, longest } = trend;
  const limits =
    count === 1
      ? `The last rollout that succeeded took ${formatLength(longest)}.`
      : `The last ${numberWord(count)} rollouts that succeeded took ${limitsText(shortest, longest)}.`;
  const direction = directionSentence(trend);
  return direction === null ? limits : `${limits} ${direction}`;
}

const directions = {
  slower: "were slower than",
  faster: "were faster than",
  steady: "took about as long as",
} as const;

function directionSentence({ direction, compared }: DurationTrend): string | null {
  if (direction === null || compared === null) return null;
  const { last, before } = compared;
  const medians = `median ${formatLength(last.took)} against ${formatLength(before.took)}`;
  const totals =
    last.total === null || before.total === null || last.total === before.total
      ? ""
      : `, on ${last.total} instead of ${before.total} replicas`;
  return `The last ${numberWord(last.count)} ${directions[direction]} the ${numberWord(before.count)} before (${medians}${totals}).`;
}

/** From here on, seconds say nothing about a range. */
const long = 5 * minute;

/** Rounded down, as everywhere where a length stands alone. */
function limitsText(shortest: number, longest: number): string {
  if (longest - shortest < second) return formatLength(longest);
  if (longest >= 90 * second && shortest < long)
    return `${formatLength(shortest)} to ${formatLength(longest)}`;
  const unit = shortest < long ? second : minute;
  const [low, high] = [shortest, longest].map((length) => Math.floor(length / unit) * unit);
  return rangeText(low ?? shortest, high ?? longest);
}
