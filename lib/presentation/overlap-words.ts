import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { isUnderWay } from "@/lib/domain/rollout-status";

import { countsText } from "./count";
import { versionName } from "./version";

type Overlapping = Pick<RolloutDisplay, "version" | "status" | "updatedReplicas" | "totalReplicas">;

/** That several rollouts are under way at once, newest first. */
export function overlapSentence(rollouts: readonly Overlapping[]): string {
  const [newest = "", ...others] = rollouts.map(({ version }) => versionName(version));
  return `${rollouts.length} rollouts are under way at once: ${newest}, the newest, and ${listText(others)}.`;
}

/** That older rollouts are still under way although the newest one is not: `v8 is still under way.` */
export function stillUnderWaySentence(others: readonly Overlapping[]): string {
  const names = others.map(({ version }) => versionName(version));
  return `${listText(names)} ${names.length === 1 ? "is" : "are"} still under way.`;
}

/**
 * What each of several rollouts holds, newest first, and which is likely to win. The API does not say which one it will
 * follow, so that the last part is Rollcall's conclusion.
 */
export function overlapDetail(rollouts: readonly Overlapping[]): string {
  const held = rollouts.map((rollout) => `${versionName(rollout.version)} reports ${heldText(rollout)}`);
  return `${held.join(", ")}.${winnerText(rollouts)}`;
}

/** The same in a few words, for tabs and walls: `2 rollouts at once`; null unless several are under way. */
export function overlapText(rollouts: readonly Pick<Overlapping, "status">[]): string | null {
  const { length } = rollouts.filter(({ status }) => isUnderWay(status));
  return length < 2 ? null : `${length} rollouts at once`;
}

function winnerText([newest]: readonly Overlapping[]): string {
  if (newest === undefined || !isUnderWay(newest.status)) return "";
  const name = versionName(newest.version);
  return newest.status === "rolling_back"
    ? ` Which of them will win is open: ${name}, the newest, is rolling back.`
    : ` Rollcall concludes that ${name} is likely to win: it was requested last.`;
}

function heldText({ updatedReplicas: updated, totalReplicas: total }: Overlapping): string {
  return updated === null
    ? "no counts"
    : `${countsText({ updatedReplicas: updated, totalReplicas: total })} replicas updated`;
}

function listText(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
