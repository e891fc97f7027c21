import type { Answer } from "@/lib/client/polling";
import type { FleetView } from "@/lib/contract/endpoint-view";
import { otherMessage } from "@/lib/contract/watcher-message";
import type { ViewerFreshness } from "@/lib/domain/connection";
import type { FleetSummary } from "@/lib/domain/fleet-summary";
import { fleetAnnounceable } from "@/lib/presentation/announcement";
import type { EmptyFleet } from "@/lib/presentation/empty-fleet";
import { toFleetHead, type FleetHead } from "@/lib/presentation/fleet-head";

import { Announcement } from "../ui/announcement";
import { SentenceText } from "../ui/sentence-text";
import { StateShape } from "../ui/state-shape";
import { toLetters } from "../ui/to-letters";
import { Verbatim } from "../ui/verbatim";
import { FleetFreshness } from "./fleet-freshness";

/** The state of the fleet in a sentence and how fresh it is, or what to do while there are no endpoints. */
export function FleetHeadline({
  answer,
  summary,
  head,
  empty,
  freshness,
}: {
  answer: Answer<FleetView>;
  summary: FleetSummary;
  head: FleetHead;
  /** Null unless there are no endpoints. */
  empty: EmptyFleet | null;
  freshness: ViewerFreshness;
}) {
  // The time of the next attempt stands beside the sentence, and screen readers aren't told.
  const steady = toFleetHead(summary, { ...freshness, retryAt: null });
  const { sentence } = empty ?? steady;
  const message = otherMessage(answer.body.watcher, summary, freshness.cause);
  const shape = empty?.shape ?? head.shape;
  const text = JSON.stringify([sentence, steady.lastKnown, message]);
  return (
    <div className="fleet-head border-t border-ink pt-3 pb-0.5">
      {/* Another text, and not the same one moved. */}
      <div key={text} className="fleet-text" data-state={shape} style={toLetters(sentence)}>
        <h1 className="flex gap-[0.45em] font-medium tracking-[-0.022em]">
          <StateShape of={shape} className="mt-[0.15em] size-[0.9em] text-state" />
          <span className="text-balance">
            <SentenceText sentence={sentence} />
          </span>
        </h1>
        {empty === null ? (
          <p className="text-caption text-quiet">
            {steady.lastKnown !== null && <span className="max-sm:sr-only">{`${steady.lastKnown} `}</span>}
            {message !== null && <Verbatim text={message} />}
          </p>
        ) : (
          <p className="mt-2 max-w-[44rem] text-pretty">{empty.advice}</p>
        )}
      </div>
      <FleetFreshness
        key={`${text} freshness`}
        answer={answer}
        freshness={freshness}
        isPartial={summary.blind.length > 0}
      />
      <Announcement about={fleetAnnounceable(summary, freshness)} sentences={[sentence]} />
    </div>
  );
}
