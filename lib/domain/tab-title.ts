import { versionName, type RolloutNews } from "./rollout-news";
import type { SightState } from "./sight";
import { standingWord, toStanding, type Standing } from "./standing";

/** States in which the word alone does not say how far the rollout came. */
const countTelling: ReadonlySet<Standing> = new Set(["stalled", "rolling_back", "error", "incomplete"]);

/** What a browser tab says, the state first since tabs are narrow: `7/12 v8 · acme-qwen-3-32b`. */
export function tabTitle(rollout: RolloutNews | null, sight: SightState, endpointId: string): string {
  return [...sightWord(sight), stateWords(rollout), endpointId].join(" · ");
}

function sightWord(sight: SightState): string[] {
  if (sight === "live") return [];
  return [sight === "delayed" ? "Delayed" : "Blind"];
}

function stateWords(rollout: RolloutNews | null): string {
  const standing = toStanding(rollout);
  if (rollout === null) return standingWord(standing);
  const name = rollout.version === null ? "" : ` ${versionName(rollout.version)}`;
  const { updatedReplicas: updated, totalReplicas: total } = rollout;
  const counts = updated === null || total === null ? null : `${updated}/${total}`;
  if (standing === "in_progress") return `${counts ?? standingWord(standing)}${name}`;
  return `${standingWord(standing)}${name}${countTelling.has(standing) && counts !== null ? ` ${counts}` : ""}`;
}
