import type { DeploymentReport, EndpointReport, RolloutState } from "../endpoint-report";
import type { Observation } from "../observation";
import type { Rollout, RolloutFacts } from "../rollout";

/** A rollout half-way, except for `changes`. */
function rolloutState(changes: Partial<RolloutState> = {}): RolloutState {
  return {
    status: "in_progress",
    reportedStatus: changes.status ?? "in_progress",
    updatedReplicas: 6,
    totalReplicas: 12,
    maxUnavailable: 2,
    errorMessage: null,
    warnings: [],
    ...changes,
  };
}

export function observation(
  at: number,
  state: Partial<RolloutState> = {},
  notBefore: number | null = null,
): Observation {
  return { at, notBefore, state: rolloutState(state) };
}

/** One observation for each wait in milliseconds, each with another count than the one before. */
export function observationsAfter(waits: readonly number[]): Rollout["observations"] {
  let at = 0;
  const [first, ...others] = waits.map((wait, nth) => {
    const notBefore = nth === 0 ? null : at;
    at += wait;
    return observation(at, { updatedReplicas: nth }, notBefore);
  });
  if (first === undefined) throw new Error("At least one wait is needed.");
  return [first, ...others];
}

export function rolloutFacts(changes: Partial<RolloutFacts> = {}): RolloutFacts {
  return {
    deploymentId: "d1",
    model: "orgs/acme/models/m/versions/8",
    version: "8",
    versionAlias: "v8",
    createdAt: 900,
    firstObservedAt: 1_000,
    endedAt: null,
    errorSince: null,
    removed: null,
    ...changes,
  };
}

/** A rollout that was first observed with the first of its observations. */
export function rollout(observations: Rollout["observations"], changes: Partial<RolloutFacts> = {}): Rollout {
  return { facts: rolloutFacts({ firstObservedAt: observations[0].at, ...changes }), observations };
}

/** What upstream reports about one deployment, half-way through its rollout. */
export function deployment(state: Partial<RolloutState> = {}, deploymentId = "d8"): DeploymentReport {
  return {
    deploymentId,
    model: "orgs/acme/models/qwen-3-32b/versions/8",
    version: "8",
    versionAlias: "v8",
    createdAt: 500,
    state: rolloutState(state),
  };
}

/** What upstream reports about one endpoint with these deployments. */
export function report(...deployments: DeploymentReport[]): EndpointReport {
  return {
    endpointId: "acme-one",
    org: "acme",
    modelArch: "qwen-3-32b",
    createdAt: 100,
    updatedAt: 200,
    warnings: [],
    deployments,
  };
}
