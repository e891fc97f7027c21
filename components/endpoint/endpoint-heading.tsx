"use client";

import { type Answer, timesOf } from "@/lib/client/polling";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { useTicking } from "@/lib/client/time/use-ticking";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { ConnectionState } from "@/lib/domain/connection";
import { second } from "@/lib/domain/instant";
import { formatDuration, formatUntil } from "@/lib/presentation/duration";

import { Path } from "../site/path";
import { Moment } from "../ui/moment";
import { Verbatim } from "../ui/verbatim";

/** The endpoint's name, and how fresh the page is. */
export function EndpointHeading({
  answer,
  freshness,
}: {
  answer: Answer<EndpointView>;
  freshness: ConnectionState;
}) {
  const { id, org, modelArch } = answer.body.endpoint;
  const isGuest = useApiScope().token !== null;
  const facts = [org, modelArch].filter((fact) => fact !== null && fact !== "");
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1 border-t border-ink py-4">
      <Path isGuest={isGuest}>
        <span className="font-mono">{id}</span>
        {facts.length > 0 && (
          <span className="ml-3 font-sans text-caption text-quiet">
            <Verbatim text={facts.join(" / ")} />
          </span>
        )}
      </Path>
      <Heartbeat answer={answer} freshness={freshness} />
    </div>
  );
}

const words: Record<ConnectionState, string> = {
  live: "Live",
  delayed: "Delayed",
  blind: "Blind",
  cut_off: "No answer",
};

/** How old the data is, and when the next poll is due. Before hydration nothing can tick, so it shows the time. */
function Heartbeat({ answer, freshness }: { answer: Answer<EndpointView>; freshness: ConnectionState }) {
  const isHydrated = useHydrated();
  const observedAt = answer.answeredAt - (answer.age ?? 0);
  return (
    // As wide as the longest text, so that nothing beside it moves.
    <p className="min-w-[20.5em] text-caption whitespace-nowrap text-quiet">
      {isHydrated ? (
        <Beat answer={answer} freshness={freshness} />
      ) : answer.age === null ? (
        <span>Not seen yet</span>
      ) : (
        <>
          As of <Moment at={observedAt} form="exact" />
        </>
      )}
    </p>
  );
}

function Beat({ answer, freshness }: { answer: Answer<EndpointView>; freshness: ConnectionState }) {
  const path = useApiScope().paths.view;
  const age = useTicking((now) => {
    const { observedAt } = timesOf(path, answer);
    if (observedAt === null) return "not seen yet";
    return now - observedAt < second ? "seen just now" : `seen ${formatDuration(now - observedAt)} ago`;
  });
  const next = useTicking((now) => formatUntil(timesOf(path, answer).nextPollAt - now));
  return (
    <>
      <span className="inline-block sm:min-w-[5em] sm:text-right">{`${words[freshness]},`}</span>{" "}
      {/* During an outage only the headline counts down. The keys make React replace whole elements: it can't remove
          single text nodes after a browser translated the page. */}
      {freshness === "live" ? (
        <span key="live">
          <span className="inline-block min-w-[6.6em]">{`${age},`}</span> next poll{" "}
          <span className="inline-block min-w-[3em]">{next}</span>
        </span>
      ) : (
        <span key="age">{age}</span>
      )}
    </>
  );
}
