import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { rolloutSentence } from "@/lib/domain/sentence";
import { toDisplayState } from "@/lib/domain/display-state";

import { SentenceText } from "../ui/sentence-text";
import { StateShape } from "../ui/state-shape";

/** What sets one of several rollouts apart: its own sentence, and whether it is the newest. */
export function RolloutHeading({ display, isNewest }: { display: RolloutDisplay; isNewest: boolean }) {
  return (
    <div className="margin-grid border-t border-ink pt-6 pb-8">
      <p className="flex items-center gap-2 text-caption text-state">
        <StateShape of={toDisplayState(display)} className="size-5" />
        <span>{isNewest ? "The newest" : "An older one"}</span>
      </p>
      <h2 className="text-lead font-medium text-pretty">
        <SentenceText sentence={rolloutSentence(display)} />
      </h2>
    </div>
  );
}
