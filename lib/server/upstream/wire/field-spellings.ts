import "server-only";

/**
 * How the Management API spells what Rollcall reads, likeliest first: the first spelling present
 * and not null is used. The reference does not settle all of these names (the status is `state` in
 * one example and `rollout_status` in another): if your raw reply shows another one, add it here.
 */
export const fieldSpellings = {
  endpoint: {
    name: ["name", "endpoint_id"],
    modelArch: ["model_arch_id", "model_arch", "modelArchId"],
    org: ["managing_org_name", "org_name", "managingOrgName"],
    createdAt: ["created", "created_at"],
    updatedAt: ["updated", "updated_at"],
    deployments: ["deployed_models", "deployedModels", "deployments"],
  },
  deployment: {
    deploymentId: ["id", "deployment_id", "deploymentId"],
    model: ["model", "model_name"],
    versionAlias: ["version_alias", "versionAlias"],
    createdAt: ["created", "created_at"],
    status: ["rollout_status", "state", "rolloutStatus", "status"],
    updatedReplicas: [
      "updated_replicas",
      "updatedReplicas",
      "num_updated_replicas",
      "replicas_updated",
      "replicas_updated_count",
    ],
    totalReplicas: [
      "total_replicas",
      "totalReplicas",
      "num_total_replicas",
      "replicas_total",
      "num_replicas",
    ],
    maxUnavailable: ["max_unavailable", "maxUnavailable", "max_unavailable_replicas"],
    errorMessage: ["error_message", "errorMessage", "error"],
  },
  listing: {
    endpoints: ["endpoints"],
    endpointId: ["endpoint_id", "name", "id"],
    modelArch: ["model_arch_id", "model_arch", "modelArchId"],
    org: ["org_name", "managing_org_name"],
  },
} as const;
