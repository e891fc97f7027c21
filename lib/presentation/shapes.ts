import type { DisplayState } from "@/lib/domain/display-state";

/** The shapes of endpoints that are not live, and of a check with a warning, in addition to those of the display states. */
export type ShapeName = "delayed" | "blind" | "warning";

type Shape = { strokes: readonly { d: string; dash?: string }[]; fill?: string };

const ring = "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z";

/** The shape of each state on a square of 24, the same on pages, in the tab and in pictures. */
const shapes: Record<DisplayState | ShapeName, Shape> = {
  not_started: { strokes: [{ d: ring }] },
  in_progress: { strokes: [{ d: ring }], fill: "M12 3a9 9 0 0 1 0 18z" },
  late: { strokes: [{ d: ring }, { d: "M12 7v5.5l3.5 2" }] },
  done: { strokes: [{ d: "M4 13l5.5 5.5L20.5 6" }] },
  stalled: { strokes: [{ d: "M6 3h12M6 21h12M7.5 3v3.5L12 12l4.5-5.5V3M7.5 21v-3.5L12 12l4.5 5.5V21" }] },
  error: { strokes: [{ d: "M5 5l14 14M19 5L5 19" }] },
  rolling_back: { strokes: [{ d: "M21 12H4M11 5l-7 7l7 7" }] },
  rolled_back: { strokes: [{ d: "M21 12H8M14 6l-6 6l6 6M3.5 5v14" }] },
  regressing: { strokes: [{ d: "M21 12H4M11 5l-7 7l7 7" }] },
  incomplete: { strokes: [{ d: "M12 3v11.5M12 20.4v.1" }] },
  cancelled: { strokes: [{ d: "M4 12h16" }] },
  unknown: { strokes: [{ d: "M7 8.2a5 5 0 1 1 7.4 4.4c-1.6.9-2.4 1.8-2.4 3.4M12 20.6v.1" }] },
  removed: { strokes: [{ d: "M7 8.2a5 5 0 1 1 7.4 4.4c-1.6.9-2.4 1.8-2.4 3.4M12 20.6v.1" }] },
  nothing: { strokes: [{ d: ring, dash: "0.1 5.55" }] },
  delayed: { strokes: [{ d: ring, dash: "9 5.13" }] },
  warning: { strokes: [{ d: "M12 3.5L22 20.5H2zM12 10v4.8M12 17.4v.1" }] },
  blind: { strokes: [{ d: ring }, { d: "M5.6 5.6l12.8 12.8" }] },
};

export function shapeOf(name: DisplayState | ShapeName): Shape {
  return shapes[name];
}
