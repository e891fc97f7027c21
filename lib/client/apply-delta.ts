import type { FleetView } from "@/lib/contract/endpoint-view";

import type { Answer } from "./polling";

/** Applies the changes of an answer to a fleet. An answer with the whole fleet is returned unchanged. */
export function applyDelta(
  known: Answer<FleetView> | undefined,
  answer: Answer<FleetView>,
): Answer<FleetView> {
  const { since, ...changes } = answer.body;
  if (since === undefined || known === undefined || known === answer) return answer;
  const changed = new Map(changes.endpoints.map((view) => [view.endpoint.id, view]));
  const endpoints = known.body.endpoints.map((view) => changed.get(view.endpoint.id) ?? view);
  return { ...answer, body: { ...changes, endpoints } };
}
