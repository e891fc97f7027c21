/**
 * The fields of a deployment that Rollcall reads. The Management API's names for them are partly unpublished, so the
 * settings can add further ones.
 */
export const deploymentFields = [
  "status",
  "updatedReplicas",
  "totalReplicas",
  "maxUnavailable",
  "errorMessage",
  "versionAlias",
  "model",
  "createdAt",
  "deploymentId",
] as const;

export type DeploymentField = (typeof deploymentFields)[number];

/** Further names of fields, each `name`, or `outer.inner` for a field one object down. They come after the built-in ones. */
export type FurtherSpellings = Readonly<Partial<Record<DeploymentField, readonly string[]>>>;

/**
 * Under which names one reply has a field of its deployments. `spellings` is empty if it is not reported; `isNull` then
 * says whether a known name is there, without a value. `ignored` are names with another value than the one that is read.
 */
export type FieldSource = {
  field: DeploymentField;
  spellings: readonly string[];
  isNull: boolean;
  ignored: readonly string[];
};

/**
 * A field of the deployments that nothing reads, by its name and value. `field` is the one whose further name it could
 * be; null: it looks like a count, but its name does not say of what.
 */
export type FieldHint = {
  spelling: string;
  looksLike: "count" | "error" | "status";
  field: DeploymentField | null;
};

/** How one reply about an endpoint was read. */
export type FieldUse = { sources: readonly FieldSource[]; hints: readonly FieldHint[] };
