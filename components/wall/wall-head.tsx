"use client";

import { timesOf, type Answer } from "@/lib/client/polling";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { usePolled, useTicking } from "@/lib/client/time/use-ticking";
import type { FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import type { ViewerFreshness } from "@/lib/domain/connection";
import { minute, second, stepUp, type Duration } from "@/lib/domain/instant";
import type { FleetHead } from "@/lib/presentation/fleet-head";
import { outageSentence } from "@/lib/presentation/outage-sentence";
import type { Sentence } from "@/lib/presentation/sentence-text";

import { Moment } from "../ui/moment";
import { SentenceText } from "../ui/sentence-text";
import { StateShape } from "../ui/state-shape";
import { toLetters } from "../ui/to-letters";
import { Verbatim } from "../ui/verbatim";

/** The state of the fleet, the age of the data, and the clock. An outage is shown in large type. */
export function WallHead({
  answer,
  freshness,
  head,
  message,
  incident,
  name,
  page,
}: {
  answer: Answer<FleetView>;
  freshness: ViewerFreshness;
  /** Null without endpoints. */
  head: FleetHead | null;
  message: string | null;
  /** What the provider's status page reports; null: nothing. */
  incident: Sentence | null;
  name: string | null;
  page: { from: number; to: number } | null;
}) {
  const shape = toShape(head, freshness);
  const sentence: Sentence = head?.sentence ?? emptySentence(freshness);
  const lastKnown = head?.lastKnown ?? null;
  return (
    <header key={shape} className="wall-head" data-outage={shape !== null}>
      <div key={JSON.stringify([head?.sentence, lastKnown, message, incident])} className="min-w-0">
        <h1 className="wall-text-large font-medium text-balance" style={toLetters(sentence)}>
          {shape === null ? (
            <SentenceText sentence={sentence} />
          ) : (
            <span className="flex items-center gap-[0.5em]">
              <StateShape of={shape} />
              <span>
                <SentenceText sentence={sentence} />
              </span>
            </span>
          )}
        </h1>
        {(message !== null || lastKnown !== null) && (
          <p className="wall-text text-quiet">
            {lastKnown !== null && <span>{`${lastKnown} `}</span>}
            {message !== null && <Verbatim text={message} />}
          </p>
        )}
        {incident !== null && (
          <p className="wall-text text-quiet">
            <SentenceText sentence={incident} />
          </p>
        )}
      </div>
      <div className="wall-clock">
        <Clock />
        <p className="wall-text text-quiet">
          <Heartbeat answer={answer} />
          {page !== null && <span>{`, ${page.from} to ${page.to}`}</span>}
          {name !== null && (
            <span>
              , <Verbatim text={name} />
            </span>
          )}
        </p>
      </div>
    </header>
  );
}

/** The shape of an outage that hides some endpoints; null while all of them can be seen. */
function toShape(head: FleetHead | null, { state }: ViewerFreshness): "blind" | "delayed" | null {
  if (head?.shape === "blind" || state === "cut_off" || state === "blind") return "blind";
  return state === "delayed" ? "delayed" : null;
}

function emptySentence(freshness: ViewerFreshness): Sentence {
  const outage = freshness.state === "live" ? null : outageSentence(freshness);
  return outage ?? ["No endpoints to watch."];
}

/** How often the dot beside the clock turns on or off. */
const pulse: Duration = 5 * second;

/** The time, and a dot that turns on and off every five seconds. If neither changes, the page has frozen. */
function Clock() {
  const isHydrated = useHydrated();
  const shown = useTicking(
    (now) => Math.floor(now / minute),
    (now) => stepUp(now, minute),
  );
  const isOn = useTicking(
    (now) => Math.floor(now / pulse) % 2 === 0,
    (now) => stepUp(now, pulse),
  );
  return (
    <p className="wall-text-large flex items-center justify-end gap-[0.4em]" suppressHydrationWarning>
      <span aria-hidden="true" className="wall-pulse" data-on={isOn} suppressHydrationWarning />
      <span suppressHydrationWarning>{isHydrated ? clock.format(shown * minute) : "--:--"}</span>
    </p>
  );
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** The oldest observation among the live endpoints. */
function Heartbeat({ answer }: { answer: Answer<FleetView> }) {
  const observedAt = usePolled(() => timesOf(apiPaths.endpoints, answer).observedAt);
  if (observedAt === null) return <span>not seen yet</span>;
  return (
    <span>
      <span>as of </span>
      <Moment at={observedAt} form="clock" />
    </span>
  );
}
