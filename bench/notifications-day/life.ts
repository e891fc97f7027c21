import { hour, minute, type Instant } from "@/lib/domain/instant";
import { seededRandom } from "@/lib/simulator/random";

import { makePlan, toSteps, type Plan, type Step } from "../time-left/corpus";

/** What can happen to a rollout, and how often among a hundred. */
const fates = {
  done: 66,
  failed: 8,
  "rolled back": 5,
  cancelled: 4,
  // Stands still for 20 to 60 minutes, then goes on to its end.
  paused: 5,
  // Stands still until someone cancels it after 40 to 90 minutes.
  stuck: 4,
  // A replica restarts again and again, so that the count goes down and up.
  restarting: 5,
  // Stands still three times, for a little longer than is usual.
  stumbling: 3,
} as const;

export type Fate = keyof typeof fates;
export type LifeRollout = {
  deploymentId: string;
  version: number;
  startedAt: Instant;
  fate: Fate;
  steps: Step[];
};
export type Life = { endpointId: string; org: string; pasts: LifeRollout[]; today: LifeRollout[] };

const orgs = ["acme", "acme", "globex", "initech"];

/**
 * An endpoint with three to six rollouts on the days before, and none to five between 0:00 and 22:00 of the day at
 * `midnight`. The same for the same number.
 */
export function makeLife(nth: number, midnight: Instant): Life {
  const plan = makePlan(`day/${nth}`, nth);
  const random = seededRandom(`day/${nth}/life`);
  const past = 3 + Math.floor(random() * 4);
  const count = Math.floor(random() * 6);
  const make = (version: number, startedAt: Instant, fate: Fate): LifeRollout => ({
    ...{ deploymentId: `e${nth}-v${version}`, version, startedAt, fate },
    steps: bend(toSteps(plan), fate, plan),
  });
  const starts = Array.from({ length: count }, () => random() * 22 * hour).toSorted((a, b) => a - b);
  return {
    ...{ endpointId: `endpoint-${nth}`, org: orgs[nth % orgs.length] ?? "acme" },
    pasts: Array.from({ length: past }, (_, index) =>
      make(index + 1, midnight - (past - index) * 24 * hour, random() < 0.15 ? "failed" : "done"),
    ),
    today: starts.map((at, index) => make(past + index + 1, midnight + at, toFate(random() * 100))),
  };
}

function toFate(share: number): Fate {
  let left = share;
  const names = Object.keys(fates).filter((name): name is Fate => name in fates);
  return names.find((name) => (left -= fates[name]) < 0) ?? "done";
}

/** What becomes of the steps of a rollout that would be done. */
function bend(steps: readonly Step[], fate: Fate, { random, perReplica }: Plan): Step[] {
  const cut = 2 + Math.floor(random() * (steps.length - 4));
  const kept = steps.slice(0, cut + 1);
  const last = kept.at(-1);
  if (last === undefined) return [...steps];
  const end = (status: Step["status"], after: number): Step[] => [
    ...kept,
    { ...last, at: last.at + after, status },
  ];
  switch (fate) {
    case "done":
      return [...steps];
    case "failed":
      return end("error", perReplica);
    case "cancelled":
      return end("cancelled", perReplica * random());
    case "stuck":
      return end("cancelled", (40 + 50 * random()) * minute);
    case "rolled back":
      return rollBack(kept, last, perReplica);
    case "paused":
      return delay(steps, cut, (20 + 40 * random()) * minute);
    case "stumbling":
      return [cut, Math.ceil(steps.length / 2), steps.length - 2].reduce(
        (given, at) => delay(given, at, (8 + 6 * random()) * minute),
        [...steps],
      );
    case "restarting":
      return steps.flatMap((step, index) => {
        const next = steps[index + 1];
        if (index < cut || next === undefined || step.status !== "in_progress") return [step];
        const third = (next.at - step.at) / 3;
        const down = { ...step, at: step.at + third, updated: step.updated - 1 };
        return [step, down, { ...step, at: step.at + 2 * third }];
      });
  }
}

function rollBack(kept: readonly Step[], last: Step, perReplica: number): Step[] {
  const down = Array.from({ length: last.updated + 1 }, (_, index): Step => ({
    ...last,
    ...{ at: last.at + (index + 1) * perReplica, status: "rolling_back", updated: last.updated - index },
  }));
  const end = {
    ...last,
    at: last.at + (last.updated + 2) * perReplica,
    status: "rolled_back" as const,
    updated: 0,
  };
  return [...kept, ...down, end];
}

/** Everything from a step on happens later. */
function delay(steps: readonly Step[], from: number, by: number): Step[] {
  return steps.map((step, index) => (index < from ? step : { ...step, at: step.at + by }));
}
