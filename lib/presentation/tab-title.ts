import type { ConnectionState } from "@/lib/domain/connection";
import { displayStateOf, type DisplayState } from "@/lib/domain/display-state";
import { type RolloutDisplay } from "@/lib/domain/rollout-display";

import { overlapText } from "./overlap-words";
import { displayStateWord } from "./state-words";
import { timeLeftText } from "./time-left-words";
import { versionName } from "./version";

/** States whose word alone does not say how far the rollout got. */
const countedStates: ReadonlySet<DisplayState> = new Set([
  "stalled",
  "late",
  "regressing",
  "rolling_back",
  "error",
  "incomplete",
]);

/**
 * The title of a browser tab, the state first because tabs are narrow: `7/12 v8 · acme-qwen-3-32b`. `underWay`: the
 * rollouts of the endpoint that are shown at once.
 */
export function tabTitle(
  rollout: RolloutDisplay | null,
  freshness: ConnectionState,
  endpointId: string,
  underWay: readonly RolloutDisplay[] = [],
): string {
  const overlap = overlapText(underWay);
  const state = `${stateWords(rollout, freshness)}${overlap === null ? "" : `, ${overlap}`}`;
  return [...freshnessWord(freshness), state, endpointId].join(" · ");
}

function freshnessWord(freshness: ConnectionState): string[] {
  if (freshness === "live") return [];
  return [freshness === "delayed" ? "Delayed" : "Blind"];
}

function stateWords(rollout: RolloutDisplay | null, freshness: ConnectionState): string {
  const displayState = displayStateOf(rollout);
  if (rollout === null) return displayStateWord(displayState);
  const name = rollout.version === null ? "" : ` ${versionName(rollout.version)}`;
  const { updatedReplicas: updated, totalReplicas: total } = rollout;
  const counts = updated === null || total === null ? null : `${updated}/${total}`;
  // What was left when it was last seen is no longer true.
  const left = rollout.timeLeft === null || freshness !== "live" ? "" : `, ${timeLeftText(rollout.timeLeft)}`;
  if (displayState === "in_progress") return `${counts ?? displayStateWord(displayState)}${name}${left}`;
  return `${displayStateWord(displayState)}${name}${countedStates.has(displayState) && counts !== null ? ` ${counts}` : ""}`;
}
