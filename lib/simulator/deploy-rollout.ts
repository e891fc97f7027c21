import type { Plan } from "./build-script";
import { fail, smooth } from "./build-script";
import { isJsonObject } from "./json";
import type { JsonObject } from "./json";
import { seededRandom, seededUuid } from "./random";
import type { ScriptedDeployment } from "./scenario";
import { shardMismatch } from "./scenarios/error-messages";
import type { Simulation } from "./simulation";
import type { Harm } from "./scenario";
import type { EndpointRecord } from "./world";

export type DeployRequest = {
  /** By default the one after the newest deployment's. */
  readonly version?: number | string | undefined;
  readonly alias?: string | undefined;
  /** By default the total of the newest deployment. */
  readonly replicas?: number | undefined;
  readonly maxUnavailable?: number | undefined;
  /** Virtual milliseconds from one replica to the next. */
  readonly msPerReplica?: number | undefined;
  /** After how many updated replicas it ends in error; by default it ends well. */
  readonly failAt?: number | undefined;
  /** What callers feel while it moves; by default nothing. */
  readonly harm?: Harm | undefined;
};

type Started = { at: number; deploymentId: string };

/** Begins a rollout now. `at` is the epoch ms from which it is served. */
export function deployRollout(
  simulation: Simulation,
  endpoint: EndpointRecord,
  request: DeployRequest,
): Started {
  const { world, clock, seed } = simulation;
  const changes = simulation.changes();
  const newest = newestWire(simulation, endpoint);
  const version = request.version ?? nextVersion(newest);
  const label = `${seed}/${endpoint.id}/${version}/deployed-${endpoint.deployments.length}`;
  // Exactly where the change log stopped, so that the first step is noted once: by hand, below.
  const startsAtMs = changes.collectedUntilMs;
  const deployment: ScriptedDeployment = {
    kind: "scripted",
    id: seededUuid(label),
    model: `orgs/${endpoint.org}/models/${endpoint.arch}/versions/${version}`,
    versionAlias: request.alias ?? String(version),
    startsAtMs,
    ...(request.harm === undefined ? {} : { harm: request.harm }),
    script: toScript(request, {
      random: seededRandom(label),
      replicas: request.replicas ?? toCount(newest["total_replicas"]) ?? 12,
      maxUnavailable: request.maxUnavailable ?? 2,
      msPerReplica: request.msPerReplica ?? 6000,
    }),
  };
  world.addDeployment(endpoint, deployment);
  const at = clock.realNow();
  changes.note(at, endpoint.id, world.wireDeployment(endpoint, deployment, startsAtMs));
  return { at, deploymentId: deployment.id };
}

/** The newest rollout ends in error now; if none is under way, one begins that will. */
export function failRollout(simulation: Simulation, endpoint: EndpointRecord): Started {
  const newest = newestWire(simulation, endpoint);
  const { id } = newest;
  const updated = toCount(newest["updated_replicas"]);
  const total = toCount(newest["total_replicas"]) ?? 12;
  const isUnderWay = ["not_started", "in_progress"].some((word) => word === newest["rollout_status"]);
  if (typeof id !== "string" || updated === null || !isUnderWay)
    return deployRollout(simulation, endpoint, { failAt: Math.ceil(total / 4), msPerReplica: 3000 });
  const changes = simulation.changes();
  simulation.world.patch(endpoint, id, {
    rollout_status: "error",
    updated_replicas: updated,
    error_message: shardMismatch(updated, total),
  });
  const at = simulation.clock.realNow();
  changes.note(at, endpoint.id, { ...newest, rollout_status: "error" });
  return { at, deploymentId: id };
}

function toScript({ failAt }: DeployRequest, plan: Plan): ScriptedDeployment["script"] {
  return failAt === undefined ? smooth(plan) : fail(plan, failAt, shardMismatch(failAt, plan.replicas));
}

/** The newest deployment as it is served now; empty if there is none. */
function newestWire({ world, clock }: Simulation, endpoint: EndpointRecord): JsonObject {
  const [newest] = world.wireDeployments(endpoint, clock.now());
  return isJsonObject(newest) ? newest : {};
}

function nextVersion({ model }: JsonObject): number {
  const [, version = "0"] = /\/versions\/(\d+)$/.exec(typeof model === "string" ? model : "") ?? [];
  return Number(version) + 1;
}

function toCount(value: JsonObject[string] | undefined): number | null {
  return typeof value === "number" ? value : null;
}
