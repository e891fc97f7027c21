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

/** The paths of the demo's pages: of an endpoint that is always rolling, of one that has failed, and of two rollouts. */
export type DemoPages = Record<"fleet" | "wall" | "rolling" | "failed" | "rollout" | "stuck", string>;

/** Runs a measurement beside the demo once its moving and its failed endpoint have been seen. */
export function onDemo<T>(speed: number, measure: (stage: Stage, pages: DemoPages) => Promise<T>) {
  return onStage({ scenario: "demo", speed }, async (stage) => {
    let rollouts: Current[] = [];
    const moving = () => rollouts.find(({ id }) => id === movingId);
    const failed = () => rollouts.find(({ displayState }) => displayState === "error");
    const stuck = () =>
      rollouts.find(({ id, displayState }) => id !== movingId && /in_progress|stalled/.test(displayState));
    const rolloutOf = (current: Current | undefined) =>
      `/endpoints/${current?.id ?? ""}/rollouts/${current?.deploymentId ?? ""}`;
    await until(async () => {
      rollouts = await readCurrent(stage.rollcall.url);
      return failed() !== undefined && stuck() !== undefined && moving() !== undefined;
    });
    return measure(stage, {
      fleet: "/",
      wall: "/wall",
      rolling: `/endpoints/${movingId}`,
      failed: `/endpoints/${failed()?.id ?? ""}`,
      rollout: rolloutOf(moving()),
      stuck: rolloutOf(stuck()),
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
