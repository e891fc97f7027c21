import type { ReactNode } from "react";

import type { Answer } from "@/lib/client/polling";
import { featuredRollouts } from "@/lib/contract/current-rollout";
import { useApiScope } from "@/lib/client/use-api-scope";
import { useFreshness } from "@/lib/client/use-freshness";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { ViewerFreshness, ConnectionState } from "@/lib/domain/connection";
import { displayStateOf } from "@/lib/domain/display-state";
import type { RolloutDisplay } from "@/lib/domain/rollout-display";
import { rolloutsAnnounceable } from "@/lib/presentation/announcement";
import { connectionWord } from "@/lib/presentation/connection-word";
import { outageSentence, retrySentence } from "@/lib/presentation/outage-sentence";
import { toHeadline } from "@/lib/presentation/rollout-headline";
import { errorSentence, lastKnownSentence } from "@/lib/presentation/rollout-sentence";
import type { Sentence } from "@/lib/presentation/sentence-text";
import type { ShapeName } from "@/lib/presentation/shapes";
import { displayStateWord } from "@/lib/presentation/state-words";

import { Announcement } from "../ui/announcement";
import { HeadlineText } from "../ui/headline-text";
import { StateMark } from "../ui/state-mark";

/** What is happening, in a sentence, with the state's shape beside it. `children` stand directly below the sentence. */
export function Headline({
  answer,
  freshness: state,
  children,
}: {
  answer: Answer<EndpointView>;
  freshness: ConnectionState;
  children: ReactNode;
}) {
  const { freshness } = answer.body;
  const viewed = useFreshness(useApiScope().paths.view, answer, freshness, state);
  const featured = featuredRollouts(answer.body);
  const display = featured[0] ?? null;
  const [sentence, ...details] = toSentences(featured, viewed);
  const word = stateWord(viewed, display);
  return (
    <div className="margin-grid pt-5">
      <StateMark of={shapeName(viewed, display)} word={word} />
      <div>
        <HeadlineText word={word} sentence={sentence} details={details}>
          {children}
        </HeadlineText>
        <Announcement
          about={rolloutsAnnounceable(featured, viewed)}
          sentences={toAnnounced(featured, viewed)}
        />
      </div>
    </div>
  );
}

type Sentences = readonly [Sentence, ...Sentence[]];

/**
 * The headline, and what stands below it. When the next try is due has a line that stays, because it counts down. The
 * cause of a delay is reported later than the delay, so it has no place in the headline.
 */
function toSentences(featured: readonly RolloutView[], freshness: ViewerFreshness): Sentences {
  const isDelay = freshness.state === "delayed" && freshness.observedAt !== null;
  const cause = isDelay ? null : freshness.cause;
  const outage = outageSentence({ ...freshness, retryAt: null, cause });
  if (outage === null) {
    const { sentence, detail } = toHeadline(featured);
    return detail === null ? [sentence] : [sentence, detail];
  }
  const isFirstLook =
    freshness.observedAt === null && freshness.cause === null && freshness.state !== "cut_off";
  if (isFirstLook) return [outage];
  const reason: Sentence = isDelay && freshness.cause !== null ? [`${freshness.cause.message} `] : [];
  const lastKnown = lastKnownSentence(featured[0] ?? null, freshness.observedAt);
  return [outage, retrySentence(freshness) ?? [], [...reason, ...lastKnown]];
}

/** What is announced: without the countdown, and with the error that stands below the sentence. */
function toAnnounced(featured: readonly RolloutView[], freshness: ViewerFreshness): Sentences {
  const sentences = toSentences(featured, { ...freshness, retryAt: null });
  const error = featured[0] === undefined ? null : errorSentence(featured[0]);
  return freshness.state !== "live" || error === null ? sentences : [...sentences, error];
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
  return freshness.state === "live"
    ? displayStateWord(displayStateOf(display))
    : connectionWord(freshness.state);
}
