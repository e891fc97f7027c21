import type { RolloutNews } from "@/lib/domain/rollout-news";
import { rolloutSentence } from "@/lib/domain/sentence";
import { toStanding } from "@/lib/domain/standing";

import { SentenceText } from "../ui/sentence-text";
import { StateShape } from "../ui/state-shape";

/** What sets one of several rollouts apart: its own sentence, and whether it is the newest. */
export function RolloutHeading({ news, isNewest }: { news: RolloutNews; isNewest: boolean }) {
  return (
    <div className="margin-grid border-t border-ink pt-6 pb-8">
      <p className="flex items-center gap-2 text-caption text-state">
        <StateShape of={toStanding(news)} className="size-5" />
        <span>{isNewest ? "The newest" : "An older one"}</span>
      </p>
      <h2 className="text-lead font-medium text-pretty">
        <SentenceText sentence={rolloutSentence(news)} />
      </h2>
    </div>
  );
}
