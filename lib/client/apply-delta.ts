import type { FleetView } from "@/lib/contract/endpoint-view";

import type { Answer } from "./polling";

/** A fleet with what an answer says has changed; an answer that is whole stands as it is. */
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
