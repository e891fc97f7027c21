import { smooth } from "./build-script";
import { seededRandom, seededUuid } from "./random";
import type { ScriptedDeployment } from "./scenario";
import type { Simulation } from "./simulation";
import type { EndpointRecord } from "./world";

export type DeployRequest = {
  readonly version: number | string;
  readonly alias?: string | undefined;
  readonly replicas?: number | undefined;
  readonly maxUnavailable?: number | undefined;
  /** Virtual milliseconds from one replica to the next. */
  readonly msPerReplica?: number | undefined;
};

/** Begins a smooth rollout now. `at` is the epoch ms from which it is served. */
export function deployRollout(
  simulation: Simulation,
  endpoint: EndpointRecord,
  request: DeployRequest,
): { at: number; deploymentId: string } {
  const { world, clock, seed } = simulation;
  const changes = simulation.changes();
  const label = `${seed}/${endpoint.id}/${request.version}/deployed-${endpoint.deployments.length}`;
  // Exactly where the change log stopped, so that the first step is noted once: by hand, below.
  const startsAtMs = changes.collectedUntilMs;
  const deployment: ScriptedDeployment = {
    kind: "scripted",
    id: seededUuid(label),
    model: `orgs/${endpoint.org}/models/${endpoint.arch}/versions/${request.version}`,
    versionAlias: request.alias ?? String(request.version),
    startsAtMs,
    script: smooth({
      random: seededRandom(label),
      replicas: request.replicas ?? 12,
      maxUnavailable: request.maxUnavailable ?? 2,
      msPerReplica: request.msPerReplica ?? 6000,
    }),
  };
  world.addDeployment(endpoint, deployment);
  const at = clock.realNow();
  changes.note(at, endpoint.id, world.wireDeployment(endpoint, deployment, startsAtMs));
  return { at, deploymentId: deployment.id };
}
