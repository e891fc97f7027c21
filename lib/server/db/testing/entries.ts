import { observation, rolloutFacts } from "@/lib/domain/testing/rollouts";

import type { EndpointFacts, Entry, Recording } from "../recording";

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

/** The entry of a successful poll. By default it only opens a span. */
export function recording(at: number, changes: Partial<Recording> = {}): Entry {
  return { kind: "recording", endpointId: "acme", at, span: { from: at }, rollouts: [], ...changes };
}

/** The first poll of an endpoint with one rollout and no updated replicas. */
export function firstObservation(at: number, facts = rolloutFacts({ firstObservedAt: at })): Entry {
  return recording(at, {
    endpoint: endpointFacts(),
    rollouts: [{ facts, observation: observation(at, { updatedReplicas: 0 }) }],
  });
}
