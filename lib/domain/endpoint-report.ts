import type { Instant } from "./instant";
import type { RolloutStatus } from "./rollout-status";
import type { Warning } from "./warning";

/**
 * What may change about a deployment while it rolls out.
 * `null` means *not reported*, which is never zero. Counts are kept as reported, so they may be
 * negative, fractional or larger than the total: `warnings` then say so.
 */
export type RolloutState = {
  status: RolloutStatus;
  /** The API's own word, verbatim; null when it sent none. */
  reportedStatus: string | null;
  updatedReplicas: number | null;
  totalReplicas: number | null;
  maxUnavailable: number | null;
  errorMessage: string | null;
  warnings: readonly Warning[];
};

/** One model version put on an endpoint, as one reply describes it. */
export type DeploymentReport = {
  /** The UUID made when the deployment was requested: its identity. */
  deploymentId: string;
  /** `orgs/<org>/models/<arch>/versions/<n>`, verbatim. */
  model: string | null;
  /** The last segment of `model`. */
  version: string | null;
  /** The version reference as given in the deploy request; aliases move, so it may point elsewhere today. */
  versionAlias: string | null;
  createdAt: Instant | null;
  state: RolloutState;
};

/** One reply about one endpoint, in Rollcall's words. Deployments keep the order of the reply. */
export type EndpointReport = {
  endpointId: string;
  org: string | null;
  modelArch: string | null;
  createdAt: Instant | null;
  updatedAt: Instant | null;
  deployments: readonly DeploymentReport[];
  warnings: readonly Warning[];
};

/** One line of the listing of an organization's endpoints. */
export type ListedEndpoint = {
  endpointId: string;
  org: string | null;
  modelArch: string | null;
  updatedAt: Instant | null;
};
