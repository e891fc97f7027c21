"use client";

import { timesOf, type Answer } from "@/lib/client/queries/polling";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { useTicking } from "@/lib/client/time/use-ticking";
import type { FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import { formatDuration } from "@/lib/domain/duration";
import { minute, second } from "@/lib/domain/instant";
import { troubleSentence } from "@/lib/domain/sentence";
import type { Sight } from "@/lib/domain/sight";

import { SentenceText } from "../ui/sentence-text";
import { StateShape } from "../ui/state-shape";
import { Verbatim } from "../ui/verbatim";

/** How everything stands, whether the picture is alive, and what time it is. Trouble takes the line, large. */
export function WallHead({
  answer,
  sight,
  sentence,
  message,
  name,
  turns,
}: {
  answer: Answer<FleetView>;
  sight: Sight;
  sentence: string;
  message: string | null;
  name: string | null;
  turns: { from: number; count: number } | null;
}) {
  const trouble = sight.state === "live" ? null : troubleSentence(sight);
  return (
    <header className="wall-head" data-trouble={trouble !== null}>
      <div className="min-w-0">
        <h1 className="wall-text-large font-medium text-balance">
          {trouble === null ? (
            sentence
          ) : (
            <span className="flex items-center gap-[0.5em]">
              <StateShape of={sight.state === "delayed" ? "delayed" : "blind"} />
              <span>
                <SentenceText sentence={trouble} />
              </span>
            </span>
          )}
        </h1>
        {(message !== null || trouble !== null) && (
          <p className="wall-text text-quiet">
            {trouble !== null && `Last known: ${sentence} `}
            {message !== null && <Verbatim text={message} />}
          </p>
        )}
      </div>
      <div className="wall-clock">
        <Clock />
        <p className="wall-text text-quiet">
          <Heartbeat answer={answer} />
          {turns !== null && `, ${turns.from} to ${turns.from + turns.count - 1}`}
          {name !== null && (
            <>
              , <Verbatim text={name} />
            </>
          )}
        </p>
      </div>
    </header>
  );
}

/** The time of day, and a dot that goes on and off each second: without either, the browser is dead. */
function Clock() {
  const isHydrated = useHydrated();
  const shown = useTicking((now) => Math.floor(now / minute));
  const isOn = useTicking((now) => Math.floor(now / second) % 2 === 0);
  return (
    <p className="wall-text-large flex items-center justify-end gap-[0.4em]" suppressHydrationWarning>
      <span aria-hidden="true" className="wall-pulse" data-on={isOn} suppressHydrationWarning />
      {isHydrated ? clock.format(shown * minute) : "--:--"}
    </p>
  );
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

function Heartbeat({ answer }: { answer: Answer<FleetView> }) {
  return useTicking((now) => {
    const { observedAt } = timesOf(apiPaths.endpoints, answer);
    if (observedAt === null) return "not seen yet";
    return now - observedAt < 2 * second ? "seen just now" : `seen ${formatDuration(now - observedAt)} ago`;
  });
}
