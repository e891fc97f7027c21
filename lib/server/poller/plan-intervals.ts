import "server-only";

import { minute, type Duration } from "@/lib/domain/instant";

/** The polling intervals in force, and whether they are longer than asked for. */
export type Intervals = { active: Duration; idle: Duration; isStretched: boolean };

/** Share of the requests kept free for asking again after failures. */
const reserve = 0.1;

/**
 * Stretches the wished intervals until `active` + `idle` endpoints stay under the budget, idle
 * endpoints first (up to ten times their wish), then all of them evenly.
 */
export function planIntervals(input: {
  activeEndpoints: number;
  idleEndpoints: number;
  wished: { active: Duration; idle: Duration };
  maxRequestsPerMinute: number;
}): Intervals {
  const { activeEndpoints, idleEndpoints, wished } = input;
  const budget = input.maxRequestsPerMinute * (1 - reserve);
  const activeNeed = (activeEndpoints * minute) / wished.active;
  const idleNeed = (idleEndpoints * minute) / wished.idle;
  if (activeNeed + idleNeed <= budget) return { ...wished, isStretched: false };
  const idleFactor = idleNeed === 0 ? 1 : idleNeed / Math.max(budget - activeNeed, idleNeed / 10);
  const allFactor = Math.max(1, (activeNeed + idleNeed / idleFactor) / budget);
  return {
    active: Math.ceil(wished.active * allFactor),
    idle: Math.ceil(wished.idle * idleFactor * allFactor),
    isStretched: true,
  };
}
