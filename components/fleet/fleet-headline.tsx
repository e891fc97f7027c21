import type { ReactNode } from "react";

import type { WatcherView } from "@/lib/contract/endpoint-view";
import { fleetSentence } from "@/lib/domain/fleet-sentence";
import { troubleSentence, type Sentence } from "@/lib/domain/sentence";
import type { Sight } from "@/lib/domain/sight";
import type { Standing } from "@/lib/domain/standing";

import type { ShapeName } from "../ui/shapes";
import { StateMark } from "../ui/state-mark";
import { Announcement } from "../ui/announcement";
import { SentenceText } from "../ui/sentence-text";
import { Verbatim } from "../ui/verbatim";

/** How the whole fleet stands, in a sentence; what to do when there is none. */
export function FleetHeadline({
  watcher,
  standings,
  sight,
}: {
  watcher: WatcherView;
  standings: readonly Standing[];
  sight: Sight;
}) {
  const trouble = sight.state === "live" ? null : troubleSentence(sight);
  const sentence = trouble ?? toSentence(watcher, standings);
  const advice = adviceFor(watcher, standings);
  return (
    <Hero shape={shapeFor(watcher, standings, sight)}>
      <h1 className="max-w-[60rem] text-sentence font-medium tracking-[-0.022em] text-balance">
        <SentenceText sentence={sentence} />
      </h1>
      {standings.length > 0 && (
        <div className="mt-2 min-h-[1lh] text-lead text-quiet">
          {trouble !== null && <p>Last known: {fleetSentence(standings)}</p>}
        </div>
      )}
      {watcher.message !== null && (
        <p className="mt-3 max-w-[44rem] text-pretty text-quiet">
          <Verbatim text={watcher.message} />
        </p>
      )}
      {advice !== null && <p className="mt-4 max-w-[44rem] text-pretty">{advice}</p>}
      <Announcement
        sentences={[trouble === null ? sentence : (troubleSentence({ ...sight, retryAt: null }) ?? [])]}
      />
    </Hero>
  );
}

type Shape = { of: Standing | ShapeName; word: string };

/** With a list below, the list says the states; without one, or blind, the margin does. */
function Hero({ shape, children }: { shape: Shape | null; children: ReactNode }) {
  if (shape === null) return <div className="border-t border-ink pt-8 pb-4">{children}</div>;
  return (
    <div className="margin-grid border-t border-ink pt-8 pb-4">
      <StateMark of={shape.of} word={shape.word} />
      <div>{children}</div>
    </div>
  );
}

function shapeFor(watcher: WatcherView, standings: readonly Standing[], sight: Sight): Shape | null {
  if (sight.state === "cut_off") return { of: "blind", word: "No answer" };
  if (sight.state === "blind") return { of: "blind", word: "Blind" };
  if (standings.length > 0) return null;
  switch (watcher.state) {
    case "starting":
      return { of: "delayed", word: "First look" };
    case "blind":
      return { of: "blind", word: "Blind" };
    case "watching":
    case "stretched":
      return { of: "nothing", word: "No endpoint" };
  }
}

function toSentence(watcher: WatcherView, standings: readonly Standing[]): Sentence {
  if (standings.length > 0) return [fleetSentence(standings)];
  switch (watcher.state) {
    case "starting":
      return ["Rollcall is taking its first look at the list of endpoints."];
    case "blind":
      return ["Blind: the list of endpoints cannot be read."];
    case "watching":
    case "stretched":
      return ["There is no endpoint to watch yet."];
  }
}

function adviceFor(watcher: WatcherView, standings: readonly Standing[]): string | null {
  if (standings.length > 0) return null;
  switch (watcher.state) {
    case "starting":
      return "Endpoints appear here as soon as Cerebras has answered. Nothing needs to be done.";
    case "blind":
      return "Endpoints appear by themselves once Cerebras answers again. An administrator finds the cause above.";
    case "watching":
    case "stretched":
      return "Cerebras lists none for this organisation. A new endpoint appears here by itself; one of another organisation can be named in ROLLCALL_ENDPOINTS.";
  }
}
