import { z } from "zod";

import { until } from "./pause";

const view = z.object({
  current: z.string().nullable(),
  rollouts: z.array(z.object({ deploymentId: z.string(), updatedReplicas: z.number().nullable() })),
  freshness: z.object({ observedAt: z.string().nullable() }),
});

/** What the API reports to a client: the updated replicas at this moment. */
export type Reported = { deploymentId: string; observedAt: string; updatedReplicas: number | null };

/** The current rollout in the API now; null before the first observation or without a response. */
export async function askForCurrent(url: string): Promise<Reported | null> {
  const response = await fetch(url).catch(() => null);
  if (response === null) return null;
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok || body === null) return null;
  const { current, rollouts, freshness } = view.parse(body);
  const rollout = rollouts.find(({ deploymentId }) => deploymentId === current);
  if (rollout === undefined || freshness.observedAt === null) return null;
  return { ...rollout, observedAt: freshness.observedAt };
}

/** Waits for the first observation. */
export async function currentRollout(url: string): Promise<Reported> {
  const reported: Reported[] = [];
  await until(async () => {
    const now = await askForCurrent(url);
    if (now !== null) reported.push(now);
    return now !== null;
  });
  const [first] = reported;
  if (first === undefined) throw new Error("Nothing was observed.");
  return first;
}
