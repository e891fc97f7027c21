import { z } from "zod";

import { until } from "../support/pause";
import { onStage, type Stage } from "../support/stage";

const fleetReply = z.object({
  endpoints: z.array(
    z.object({
      endpoint: z.object({ id: z.string() }),
      current: z.string().nullable(),
      rollouts: z.array(z.object({ deploymentId: z.string(), displayState: z.string() })),
    }),
  ),
});

/** The demo deploys one version after another on it. */
const movingId = "acme-qwen-3-32b";

type Current = { id: string; deploymentId: string; displayState: string };

/** The paths of the demo's pages, of which one endpoint is always rolling and one has failed. */
export type DemoPages = { fleet: string; wall: string; rolling: string; failed: string; rollout: string };

/** Runs a measurement beside the demo once its moving and its failed endpoint have been seen. */
export function onDemo<T>(speed: number, measure: (stage: Stage, pages: DemoPages) => Promise<T>) {
  return onStage({ scenario: "demo", speed }, async (stage) => {
    let rollouts: Current[] = [];
    const moving = () => rollouts.find(({ id }) => id === movingId);
    const failed = () => rollouts.find(({ displayState }) => displayState === "error");
    await until(async () => {
      rollouts = await readCurrent(stage.rollcall.url);
      return failed() !== undefined && moving() !== undefined;
    });
    const rolling = `/endpoints/${movingId}`;
    return measure(stage, {
      fleet: "/",
      wall: "/wall",
      rolling,
      failed: `/endpoints/${failed()?.id ?? ""}`,
      rollout: `${rolling}/rollouts/${moving()?.deploymentId ?? ""}`,
    });
  });
}

async function readCurrent(url: string): Promise<Current[]> {
  const response = await fetch(`${url}/api/v1/endpoints`);
  return fleetReply
    .parse(await response.json())
    .endpoints.flatMap(({ endpoint: { id }, current, rollouts }) =>
      rollouts.filter(({ deploymentId }) => deploymentId === current).map((rollout) => ({ id, ...rollout })),
    );
}
