import "server-only";

import { toConditions, type Condition } from "@/lib/domain/condition";
import type { Habit } from "@/lib/domain/past-rollout";
import { toTimeLeft, type TimeLeft } from "@/lib/domain/time-left";
import type { EndpointPicture } from "@/lib/server/state/endpoint-state";

/** What Rollcall concludes about a rollout. `timeLeft` is null without evidence, and once it is late or stalled. */
export type Conclusions = { conditions: readonly Condition[]; timeLeft: TimeLeft | null };

/** Nothing is concluded about a rollout that has ended. */
export const noConclusions: Conclusions = { conditions: [], timeLeft: null };

/**
 * What is concluded about each rollout of an endpoint at the last good observation, by deployment. Every list of
 * rollouts takes it from here. Rollouts that the picture no longer contains have ended.
 */
export function toConclusionsByDeployment(
  picture: EndpointPicture | null,
  habit: Habit,
): ReadonlyMap<string, Conclusions> {
  if (picture === null) return new Map();
  const { rollouts, span } = picture;
  return new Map(
    rollouts.map((rollout) => {
      const conditions = toConditions(rollout, rollouts, span.until, habit);
      const isAsUsual = conditions.every(({ code }) => code === "overlapping");
      const timeLeft = isAsUsual ? toTimeLeft(rollout, habit, span.until) : null;
      return [rollout.facts.deploymentId, { conditions, timeLeft }];
    }),
  );
}
