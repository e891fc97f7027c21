import { z } from "zod";

import { until } from "./pause";

const view = z.object({
  current: z.string().nullable(),
  rollouts: z.array(z.object({ deploymentId: z.string(), updatedReplicas: z.number().nullable() })),
  freshness: z.object({ observedAt: z.string().nullable() }),
});

/** What an API client is told: that at this moment so many replicas were updated. */
export type Told = { deploymentId: string; observedAt: string; updatedReplicas: number | null };

/** The current rollout as the API tells it now; null before the first observation or without an answer. */
export async function askForCurrent(url: string): Promise<Told | null> {
  const response = await fetch(url).catch(() => null);
  if (response === null) return null;
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok || body === null) return null;
  const { current, rollouts, freshness } = view.parse(body);
  const rollout = rollouts.find(({ deploymentId }) => deploymentId === current);
  if (rollout === undefined || freshness.observedAt === null) return null;
  return { ...rollout, observedAt: freshness.observedAt };
}

/** Waits for it. */
export async function currentRollout(url: string): Promise<Told> {
  const told: Told[] = [];
  await until(async () => {
    const now = await askForCurrent(url);
    if (now !== null) told.push(now);
    return now !== null;
  });
  const [first] = told;
  if (first === undefined) throw new Error("Nothing was observed.");
  return first;
}
