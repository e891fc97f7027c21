import type { Line } from "./to-lines";

/** What a row draws of a line: only what does not move with every poll. */
export function toRow({ id, standing, view }: Line) {
  return {
    endpointId: id,
    standing,
    rollouts: view.rollouts,
    current: view.current,
    sight: view.freshness.state,
    isSeen: view.freshness.observedAt !== null,
  };
}
