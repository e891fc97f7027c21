import type { DisplayState } from "@/lib/domain/display-state";
import type { ShapeName } from "@/lib/presentation/shapes";

import { StateShape } from "./state-shape";

/** A state's shape and word at the top of a page: in the margin, or in one line on narrow pages. */
export function StateMark({ of, word }: { of: DisplayState | ShapeName; word: string }) {
  return (
    <p className="flex items-center gap-3 self-start text-state min-[56rem]:flex-col min-[56rem]:items-start min-[56rem]:gap-2">
      <StateShape of={of} className="size-9 min-[56rem]:size-11" />
      <span className="text-body font-medium">{word}</span>
    </p>
  );
}
