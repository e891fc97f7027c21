import "server-only";

/**
 * The Management API's names for each field that Rollcall reads, most likely first. The first one that is present and
 * not null is used. The reference is not consistent (the status is `state` in one example and `rollout_status` in
 * another): if your raw reply uses another name, add it here.
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
    updatedAt: ["updated", "updated_at"],
  },
} as const;

/** A JSON object whose values have not been validated. */
export type JsonObject = ReadonlyMap<string, unknown>;

/** Null for anything but a JSON object. */
export function toObject(json: unknown): JsonObject | null {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return null;
  return new Map<string, unknown>(Object.entries(json));
}

/** The first value that is present and not null, in the order of `spellings`; otherwise null. */
export function pick(object: JsonObject, spellings: readonly string[]): unknown {
  return pickAll(object, spellings)[0] ?? null;
}

/** Every value that is present and not null, in the order of `spellings`. */
export function pickAll(object: JsonObject, spellings: readonly string[]): unknown[] {
  return spellings.map((spelling) => object.get(spelling) ?? null).filter((value) => value !== null);
}
