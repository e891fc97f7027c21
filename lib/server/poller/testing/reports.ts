import type { DeploymentReport, EndpointReport, RolloutState } from "@/lib/domain/endpoint-report";

/** A deployment half-way through its rollout, but for what is said about it. */
export function deployment(state: Partial<RolloutState> = {}, deploymentId = "d8"): DeploymentReport {
  return {
    deploymentId,
    model: "orgs/acme/models/qwen-3-32b/versions/8",
    version: "8",
    versionAlias: "v8",
    createdAt: 500,
    state: {
      status: "in_progress",
      reportedStatus: state.status ?? "in_progress",
      updatedReplicas: 6,
      totalReplicas: 12,
      maxUnavailable: 2,
      errorMessage: null,
      warnings: [],
      ...state,
    },
  };
}

/** One reply that lists these deployments. */
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
