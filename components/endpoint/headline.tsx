import type { Answer } from "@/lib/client/polling";
import { featuredRollouts } from "@/lib/contract/current-rollout";
import { useApiScope } from "@/lib/client/use-api-scope";
import { useFreshness } from "@/lib/client/use-freshness";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { ViewerFreshness, ConnectionState } from "@/lib/domain/connection";
import { displayStateOf } from "@/lib/domain/display-state";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { rolloutsAnnounceable } from "@/lib/presentation/announcement";
import { outageSentence } from "@/lib/presentation/outage-sentence";
import { errorSentence, lastKnownSentence, overlapSentence } from "@/lib/presentation/rollout-sentence";
import type { Sentence } from "@/lib/presentation/sentence-text";
import type { ShapeName } from "@/lib/presentation/shapes";
import { displayStateWord } from "@/lib/presentation/state-words";

import { Announcement } from "../ui/announcement";
import { SentenceText } from "../ui/sentence-text";
import { StateMark } from "../ui/state-mark";

/** What is happening, in a sentence, with the state's shape beside it. */
export function Headline({
  answer,
  freshness: state,
}: {
  answer: Answer<EndpointView>;
  freshness: ConnectionState;
}) {
  const { freshness } = answer.body;
  const viewed = useFreshness(useApiScope().paths.view, answer, freshness, state);
  const featured = featuredRollouts(answer.body);
  const display = featured[0] ?? null;
  const [first, second] = toSentences(featured, viewed);
  return (
    <div className="margin-grid pt-6 pb-1">
      <StateMark of={shapeName(viewed, display)} word={stateWord(viewed, display)} />
      <div className="max-w-[60rem]">
        {/* The minimum heights leave room for two lines and for the last known state, so that nothing moves. */}
        <p
          key={stateWord(viewed, display)}
          className="min-h-[2lh] text-sentence font-medium tracking-[-0.022em] text-balance"
        >
          <SentenceText sentence={first} />
        </p>
        <div className="mt-1 min-h-[1lh] text-lead text-pretty text-quiet">
          {second !== undefined && (
            <p>
              <SentenceText sentence={second} />
            </p>
          )}
        </div>
        <Announcement
          about={rolloutsAnnounceable(featured, viewed)}
          sentences={toSentences(featured, { ...viewed, retryAt: null })}
        />
      </div>
    </div>
  );
}

function toSentences(
  featured: readonly RolloutDisplay[],
  freshness: ViewerFreshness,
): readonly [Sentence] | readonly [Sentence, Sentence] {
  const outage = outageSentence(freshness);
  if (outage === null) {
    const error = featured[0] === undefined ? null : errorSentence(featured[0]);
    return error === null ? [overlapSentence(featured)] : [overlapSentence(featured), error];
  }
  const isFirstLook =
    freshness.observedAt === null && freshness.cause === null && freshness.state !== "cut_off";
  return isFirstLook ? [outage] : [outage, lastKnownSentence(featured[0] ?? null, freshness.observedAt)];
}

function shapeName(freshness: ViewerFreshness, display: RolloutDisplay | null) {
  return freshnessName(freshness) ?? displayStateOf(display);
}

function freshnessName({ state, observedAt }: ViewerFreshness): ShapeName | null {
  if (state === "live") return observedAt === null ? "delayed" : null;
  return state === "delayed" ? "delayed" : "blind";
}

function stateWord(freshness: ViewerFreshness, display: RolloutDisplay | null): string {
  if (freshness.observedAt === null && freshness.cause === null) return "First look";
  switch (freshness.state) {
    case "live":
      return displayStateWord(displayStateOf(display));
    case "delayed":
      return "Delayed";
    case "blind":
      return "Blind";
    case "cut_off":
      return "No answer";
  }
}
