import type { DisplayState } from "@/lib/domain/display-state";

import type { ShapeName } from "./shapes";

/** What a color stands for. Each hue means one thing; what needs no attention is `muted`. */
export type Hue = "progress" | "done" | "stalled" | "failed" | "reverse" | "muted";
type Surface = "ground" | "ink" | "quiet" | "lineStrong";

/** The colors of a theme, for everything that cannot read the variables of app/globals.css. A test compares both. */
export type Theme = Record<Hue | Surface, string>;

export const light: Theme = {
  ground: "#fafaf8",
  ink: "#17191b",
  quiet: "#5d6267",
  lineStrong: "#a9aba9",
  progress: "#0069aa",
  done: "#00785a",
  stalled: "#9c5d00",
  failed: "#bd4300",
  reverse: "#9c4275",
  muted: "#646a6f",
};

export const dark: Theme = {
  ground: "#101213",
  ink: "#ecedee",
  quiet: "#9ba1a6",
  lineStrong: "#5b6166",
  progress: "#56b4e9",
  done: "#2cbf97",
  stalled: "#eaa51e",
  failed: "#fb7a3c",
  reverse: "#dd94bd",
  muted: "#9ba1a6",
};

/** For the icon of a browser tab, which is light or dark whatever the page is: visible on both. */
export const tab: Record<Hue, string> = {
  progress: "#1a86cc",
  done: "#0a9b74",
  stalled: "#d18a00",
  failed: "#e0590f",
  reverse: "#c0649a",
  muted: "#84898e",
};

const hues: Partial<Record<DisplayState | ShapeName, Hue>> = {
  in_progress: "progress",
  late: "progress",
  done: "done",
  stalled: "stalled",
  regressing: "stalled",
  incomplete: "stalled",
  warning: "stalled",
  error: "failed",
  rolling_back: "reverse",
  rolled_back: "reverse",
};

/** The hue of a state while it is live; every state that is not live is `muted`. */
export function hueOf(state: DisplayState | ShapeName): Hue {
  return hues[state] ?? "muted";
}
