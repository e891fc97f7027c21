import { displayStateOf, type DisplayState } from "@/lib/domain/display-state";
import type { Freshness } from "@/lib/domain/freshness";
import type { Instant } from "@/lib/domain/instant";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";

import { formatAge } from "./age";
import { countFigures } from "./count";
import { hueOf, type Hue } from "./palette";
import type { ShapeName } from "./shapes";
import { shortenText } from "./shorten-text";
import { displayStateWord } from "./state-words";
import { versionName } from "./version";
import { toVisibleText } from "./visible-text";

/** What a badge says: `label` is the endpoint, `message` the state of its current rollout. */
export type Badge = {
  label: string;
  message: string;
  shape: DisplayState | ShapeName;
  hue: Hue;
  /** A color that a page chooses must not hide this. */
  isBad: boolean;
};

const mostOfVersion = 40;

/** Puts an endpoint on a badge: in color while it is live, otherwise gray with the age of what is known. */
export function toBadge(
  endpointId: string,
  rollout: RolloutDisplay | null,
  { state, observedAt }: Pick<Freshness, "state" | "observedAt">,
  now: Instant,
): Badge {
  if (observedAt === null)
    return { label: endpointId, message: "not seen yet", shape: "blind", hue: "muted", isBad: true };
  const displayState = displayStateOf(rollout);
  const isLive = state === "live";
  const hue = isLive ? hueOf(displayState) : "muted";
  return {
    label: endpointId,
    message: [toWords(rollout, displayState), ...(isLive ? [] : [`${formatAge(observedAt, now)} ago`])].join(
      " · ",
    ),
    shape: isLive ? displayState : state,
    hue,
    isBad: !isLive || (hue !== "done" && hue !== "progress" && hue !== "muted"),
  };
}

function toWords(rollout: RolloutDisplay | null, displayState: DisplayState): string {
  const word = displayStateWord(displayState).toLowerCase();
  if (rollout === null) return word;
  const version = rollout.version === null ? "" : `${toName(rollout.version)} `;
  const figures = countFigures(rollout);
  return `${version}${word}${figures === null ? "" : ` · ${figures.updated} of ${figures.total}`}`;
}

function toName(version: string): string {
  return shortenText(toVisibleText(versionName(version)).replaceAll(/\s+/g, " "), mostOfVersion);
}
