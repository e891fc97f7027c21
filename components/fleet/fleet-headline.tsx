import type { ReactNode } from "react";

import type { WatcherView } from "@/lib/contract/endpoint-view";
import { otherMessage } from "@/lib/contract/watcher-message";
import type { ViewerFreshness } from "@/lib/domain/connection";
import type { DisplayState } from "@/lib/domain/display-state";
import type { FleetSummary } from "@/lib/domain/fleet-summary";
import { fleetAnnounceable } from "@/lib/presentation/announcement";
import { toFleetHead, type FleetHead } from "@/lib/presentation/fleet-head";
import { outageSentence } from "@/lib/presentation/outage-sentence";
import type { Sentence } from "@/lib/presentation/sentence-text";
import type { ShapeName } from "@/lib/presentation/shapes";

import { Announcement } from "../ui/announcement";
import { SentenceText } from "../ui/sentence-text";
import { StateMark } from "../ui/state-mark";
import { Verbatim } from "../ui/verbatim";

/** The state of the fleet in a sentence, or what to do while there are no endpoints. */
export function FleetHeadline({
  watcher,
  summary,
  head,
  freshness,
}: {
  watcher: WatcherView;
  summary: FleetSummary;
  /** Null without endpoints. */
  head: FleetHead | null;
  freshness: ViewerFreshness;
}) {
  const sentence = head?.sentence ?? emptySentence(watcher, freshness);
  // Screen readers aren't told the time of the next attempt.
  const announced = head === null ? sentence : toFleetHead(summary, { ...freshness, retryAt: null }).sentence;
  const message = otherMessage(watcher, summary);
  const advice = head === null ? adviceFor(watcher) : null;
  return (
    <div className="border-t border-ink">
      <Hero shape={shapeFor(watcher, head, freshness)}>
        <h1 className="max-w-[60rem] text-sentence font-medium tracking-[-0.022em] text-balance">
          <SentenceText sentence={sentence} />
        </h1>
        {head !== null && (
          <div className="mt-2 min-h-[1lh] text-lead text-quiet">
            {head.lastKnown !== null && <p>{head.lastKnown}</p>}
          </div>
        )}
        {message !== null && (
          <p className="mt-3 max-w-[44rem] text-pretty text-quiet">
            <Verbatim text={message} />
          </p>
        )}
        {advice !== null && <p className="mt-4 max-w-[44rem] text-pretty">{advice}</p>}
      </Hero>
      {/* Outside of Hero, whose elements change with the state: remounted, it would never announce a change. */}
      <Announcement about={fleetAnnounceable(summary, freshness)} sentences={[announced]} />
    </div>
  );
}

type Shape = { of: DisplayState | ShapeName; word: string };

/** The margin shows a state only if the list below doesn't: without endpoints, or during an outage. */
function Hero({ shape, children }: { shape: Shape | null; children: ReactNode }) {
  if (shape === null) return <div className="pt-8 pb-4">{children}</div>;
  return (
    <div className="margin-grid pt-8 pb-4">
      <StateMark of={shape.of} word={shape.word} />
      <div>{children}</div>
    </div>
  );
}

function shapeFor(watcher: WatcherView, head: FleetHead | null, freshness: ViewerFreshness): Shape | null {
  if (freshness.state === "cut_off") return { of: "blind", word: "No answer" };
  if (head !== null) {
    if (head.shape === "blind")
      return { of: "blind", word: freshness.state === "blind" ? "Blind" : "Partly blind" };
    return freshness.state === "delayed" ? { of: "delayed", word: "Delayed" } : null;
  }
  switch (watcher.state) {
    case "starting":
      return { of: "delayed", word: "First look" };
    case "blind":
      return { of: "blind", word: "Blind" };
    case "watching":
    case "stretched":
      return { of: "nothing", word: "No endpoints" };
  }
}

function emptySentence(watcher: WatcherView, freshness: ViewerFreshness): Sentence {
  const cutOff = freshness.state === "cut_off" ? outageSentence(freshness) : null;
  if (cutOff !== null) return cutOff;
  switch (watcher.state) {
    case "starting":
      return ["Rollcall is loading the list of endpoints for the first time."];
    case "blind":
      return ["Blind: the list of endpoints can’t be read."];
    case "watching":
    case "stretched":
      return ["No endpoints to watch yet."];
  }
}

function adviceFor(watcher: WatcherView): string {
  switch (watcher.state) {
    case "starting":
      return "Endpoints appear here as soon as Cerebras answers. You don’t need to do anything.";
    case "blind":
      return "Endpoints appear here once Cerebras answers again. Administrators see the cause above.";
    case "watching":
    case "stretched":
      return "Cerebras lists no endpoints for this organization. New ones appear here automatically. To watch an endpoint of another organization, add it to ROLLCALL_ENDPOINTS.";
  }
}
