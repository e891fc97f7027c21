import "server-only";

import { deploymentFields, type DeploymentField, type FurtherSpellings } from "@/lib/domain/field-use";

/**
 * The Management API's names for each field that Rollcall reads, most likely first. The first one that is present and
 * not null is used. The reference is not consistent (the status is `state` in one example and `rollout_status` in
 * another): settings can add further names of a deployment's fields.
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

export type DeploymentSpellings = Readonly<Record<DeploymentField, readonly string[]>>;

/** The built-in names of a deployment's fields, and the further ones after them. */
export function extendSpellings(further: FurtherSpellings): DeploymentSpellings {
  const extended: Record<DeploymentField, readonly string[]> = { ...fieldSpellings.deployment };
  for (const field of deploymentFields)
    extended[field] = [...new Set([...extended[field], ...(further[field] ?? [])])];
  return extended;
}

/** The built-in field that a name stands for; null if it stands for none. */
export function fieldOf(spelling: string): DeploymentField | null {
  return (
    deploymentFields.find((field) => fieldSpellings.deployment[field].some((known) => known === spelling)) ??
    null
  );
}

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
  return spellings.map((spelling) => valueAt(object, spelling)).filter((value) => value !== null);
}

/** Whether a name is in an object, with or without a value. */
export function isPresent(object: JsonObject, spelling: string): boolean {
  const [outer = "", inner] = spelling.split(".");
  return inner === undefined ? object.has(outer) : (toObject(object.get(outer))?.has(inner) ?? false);
}

/** The value under `name`, or under `outer.inner` one object down; null if it is absent. */
export function valueAt(object: JsonObject, spelling: string): unknown {
  const [outer = "", inner] = spelling.split(".");
  if (inner === undefined) return object.get(outer) ?? null;
  return toObject(object.get(outer))?.get(inner) ?? null;
}
