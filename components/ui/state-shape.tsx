import { clsx } from "clsx";

import type { DisplayState } from "@/lib/domain/display-state";
import { shapeOf, type ShapeName } from "@/lib/presentation/shapes";

/** The shape of a state, drawn in the color of the text around it. The word beside it says the same. */
export function StateShape({ of, className }: { of: DisplayState | ShapeName; className?: string }) {
  const { strokes, fill } = shapeOf(of);
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={clsx("shrink-0", className ?? "size-[1em]")}>
      {fill === undefined ? null : <path d={fill} fill="currentColor" />}
      {strokes.map(({ d, dash }) => (
        <path
          key={d}
          d={d}
          fill="none"
          stroke="currentColor"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeLinejoin="round"
          strokeDasharray={dash}
        />
      ))}
    </svg>
  );
}
