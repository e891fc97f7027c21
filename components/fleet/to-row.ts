import { toEndpointDisplay } from "@/lib/domain/endpoint-display";

import type { Line } from "./to-lines";

/** What a row draws of a line: only what does not move with every poll. */
export function toRow(line: Line) {
  const { id, displayState, view, freshness } = line;
  return {
    endpointId: id,
    displayState,
    rollouts: view.rollouts,
    current: view.current,
    freshness: freshness.state,
    ...toEndpointDisplay(line),
  };
}
