import { writeUtc } from "@/lib/client/time/write-moment";
import { featuredRollouts } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { Instant } from "@/lib/domain/instant";
import { toHeadline } from "@/lib/presentation/rollout-headline";
import { errorSentence, lastKnownSentence, rolloutSentence } from "@/lib/presentation/rollout-sentence";
import { sentenceText, type Sentence } from "@/lib/presentation/sentence-text";
import { toVisibleText } from "@/lib/presentation/visible-text";

function toSentence(featured: readonly RolloutView[]): Sentence {
  return featured.length > 1 ? toHeadline(featured).sentence : rolloutSentence(featured[0] ?? null);
}

/** The text of a link preview. It names the time of the observation, because it's read later than it's made. */
export function describeEndpoint(view: EndpointView, now: Instant): { title: string; description: string } {
  const featured = featuredRollouts(view);
  const { observedAt } = view.freshness;
  const isLive = view.freshness.state === "live" && observedAt !== null;
  const sentence = isLive ? toSentence(featured) : lastKnownSentence(featured[0] ?? null, observedAt);
  const moment = (at: Instant) => writeUtc(at, now, "short");
  const toText = (each: Sentence) => sentenceText(each, { now, moment, quote: toVisibleText });
  const asOf = observedAt === null ? "not seen yet" : `as of ${moment(observedAt)}`;
  const error = featured[0] === undefined ? null : errorSentence(featured[0]);
  return {
    title: toText(sentence),
    description: toVisibleText(`${view.endpoint.id}, ${asOf}${error === null ? "" : `. ${toText(error)}`}`),
  };
}
