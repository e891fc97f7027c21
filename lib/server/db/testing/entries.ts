import type { RolloutState } from "@/lib/domain/endpoint-report";
import type { Observation } from "@/lib/domain/observation";

import type { EndpointFacts, Entry, Recording, RolloutFacts } from "../recording";

const quiet: RolloutState = {
  status: "in_progress",
  reportedStatus: "in_progress",
  updatedReplicas: 0,
  totalReplicas: 12,
  maxUnavailable: 2,
  errorMessage: null,
  warnings: [],
};

export function endpointFacts(changes: Partial<EndpointFacts> = {}): EndpointFacts {
  return {
    endpointId: "acme",
    org: "acme-org",
    modelArch: "qwen-3-32b",
    createdAt: 500,
    updatedAt: 600,
    warnings: [],
    removedSince: null,
    ...changes,
  };
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

export function observation(
  at: number,
  state: Partial<RolloutState> = {},
  notBefore: number | null = null,
): Observation {
  return { at, notBefore, state: { ...quiet, ...state } };
}

/** What a good poll at `at` adds; by default it opens a span and says nothing else. */
export function recording(at: number, changes: Partial<Recording> = {}): Entry {
  return { kind: "recording", endpointId: "acme", at, span: { from: at }, rollouts: [], ...changes };
}

/** The first poll of an endpoint with one rollout. */
export function firstObservation(at: number, facts = rolloutFacts({ firstObservedAt: at })): Entry {
  return recording(at, {
    endpoint: endpointFacts(),
    rollouts: [{ facts, observation: observation(at) }],
  });
}
