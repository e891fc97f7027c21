import { z } from "zod";

import type { Rollcall } from "./rollcall";

const view = z.object({
  current: z.string().nullable(),
  rollouts: z.array(z.object({ deploymentId: z.string(), updatedReplicas: z.number().nullable() })),
  freshness: z.object({ state: z.string(), observedAt: z.string().nullable() }),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
const detail = z.object({
  points: z.array(z.object({ from: z.string(), until: z.string(), updatedReplicas: z.number().nullable() })),
  transitions: z.array(z.object({ before: z.string() })),
});

/** An endpoint as one server reports it now; null while it does not know it. */
export async function askAbout({ url }: Pick<Rollcall, "url">, endpointId: string) {
  const response = await fetch(`${url}/api/v1/endpoints/${endpointId}`);
  if (!response.ok) return null;
  const { current, rollouts, freshness, warnings } = view.parse(await response.json());
  const updated = rollouts.find(({ deploymentId }) => deploymentId === current)?.updatedReplicas ?? null;
  return { current, updated, freshness, warnings: warnings.map(({ message }) => message) };
}

/** The timeline of a rollout as one server reports it. */
export async function askForTimeline(
  { url }: Pick<Rollcall, "url">,
  endpointId: string,
  deploymentId: string,
) {
  const response = await fetch(`${url}/api/v1/endpoints/${endpointId}/rollouts/${deploymentId}`);
  return detail.parse(await response.json());
}
