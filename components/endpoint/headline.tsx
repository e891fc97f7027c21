import type { Answer } from "@/lib/client/queries/polling";
import { featuredRollouts, toNews } from "@/lib/client/to-news";
import { useSight } from "@/lib/client/use-sight";
import { useVantage } from "@/lib/client/use-vantage";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutNews } from "@/lib/domain/rollout-news";
import { errorSentence, lastKnownSentence, overlapSentence, troubleSentence } from "@/lib/domain/sentence";
import type { Sentence } from "@/lib/domain/sentence-text";
import type { Sight, SightState } from "@/lib/domain/sight";
import { standingWord, toStanding } from "@/lib/domain/standing";

import { Announcement } from "../ui/announcement";
import { SentenceText } from "../ui/sentence-text";
import { StateMark } from "../ui/state-mark";
import type { ShapeName } from "../ui/shapes";

/** What is happening, as a sentence that a person would say, with the state's shape beside it. */
export function Headline({ answer, sight: state }: { answer: Answer<EndpointView>; sight: SightState }) {
  const { freshness } = answer.body;
  const sight = useSight(useVantage().paths.view, answer, freshness, state);
  const featured = featuredRollouts(answer.body).map(toNews);
  const news = featured[0] ?? null;
  const [first, second] = toSentences(featured, sight);
  return (
    <div className="margin-grid pt-6 pb-1">
      <StateMark of={shapeName(sight, news)} word={stateWord(sight, news)} />
      <div className="max-w-[60rem]">
        {/* Room for two lines and for what was known last, and new words for a new state: whatever is said,
            nothing around it moves. */}
        <p
          key={stateWord(sight, news)}
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
        <Announcement sentences={toSentences(featured, { ...sight, retryAt: null })} />
      </div>
    </div>
  );
}

function toSentences(
  featured: readonly RolloutNews[],
  sight: Sight,
): readonly [Sentence] | readonly [Sentence, Sentence] {
  const trouble = troubleSentence(sight);
  if (trouble === null) {
    const error = featured[0] === undefined ? null : errorSentence(featured[0]);
    return error === null ? [overlapSentence(featured)] : [overlapSentence(featured), error];
  }
  const isFirstLook = sight.observedAt === null && sight.cause === null && sight.state !== "cut_off";
  return isFirstLook ? [trouble] : [trouble, lastKnownSentence(featured[0] ?? null, sight.observedAt)];
}

function shapeName(sight: Sight, news: RolloutNews | null) {
  return sightName(sight) ?? toStanding(news);
}

function sightName({ state, observedAt }: Sight): ShapeName | null {
  if (state === "live") return observedAt === null ? "delayed" : null;
  return state === "delayed" ? "delayed" : "blind";
}

function stateWord(sight: Sight, news: RolloutNews | null): string {
  if (sight.observedAt === null && sight.cause === null) return "First look";
  switch (sight.state) {
    case "live":
      return standingWord(toStanding(news));
    case "delayed":
      return "Delayed";
    case "blind":
      return "Blind";
    case "cut_off":
      return "No answer";
  }
}
