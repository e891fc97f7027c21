import { z } from "zod";

import type { Simulator } from "../../e2e/support/simulator";

import type { Reported } from "./current-rollout";

const instant = z.string().nullable();
const detail = z.object({
  points: z.array(z.object({ from: z.string(), until: z.string(), updatedReplicas: z.number().nullable() })),
  gaps: z.array(z.object({ from: z.string(), until: instant })),
  transitions: z.array(z.object({ after: instant, before: z.string(), changes: z.array(z.unknown()) })),
});
type Detail = z.infer<typeof detail>;

/** What clients had received of a rollout when the server was killed, and when that was (epoch ms). */
export type Killing = { deploymentId: string; reported: Reported[]; at: number };

/** Starts a rollout of about ten seconds. Returns its id. */
export async function deploy(simulator: Simulator, endpointId: string, version: number): Promise<string> {
  const request = { version, replicas: 12, maxUnavailable: 2, msPerReplica: 900 };
  return (await simulator.deploy(endpointId, request)).deploymentId;
}

export type Finding = { lost: number; doubled: number; isGapShown: boolean };

/** Looks for everything that clients had received of a rollout in the API's current response. */
export async function diagnose(url: string, { deploymentId, reported, at }: Killing): Promise<Finding> {
  const response = await fetch(`${url}/rollouts/${deploymentId}`);
  const { points, gaps, transitions } = detail.parse(await response.json());
  const killed = toIso(at);
  const covers = ({ observedAt, updatedReplicas }: Reported) =>
    points.some(
      (point) =>
        point.updatedReplicas === updatedReplicas && point.from <= observedAt && point.until >= observedAt,
    );
  return {
    lost: reported.filter((one) => !covers(one)).length,
    doubled: countDoubled(points, transitions),
    isGapShown: gaps.some(({ from, until: end }) => from <= killed && (end === null || end > killed)),
  };
}

/** Points that overlap, and transitions into the same moment. */
function countDoubled(points: Detail["points"], transitions: Detail["transitions"]): number {
  const overlapping = points.filter((point, nth) => point.from < (points[nth - 1]?.until ?? ""));
  const moments = transitions.map(({ before }) => before);
  return overlapping.length + moments.length - new Set(moments).size;
}

export function toIso(instant: number): string {
  return new Date(instant).toISOString();
}
