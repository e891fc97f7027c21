"use client";

import { type Answer, timesOf } from "@/lib/client/polling";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { useTicking } from "@/lib/client/time/use-ticking";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { ConnectionState } from "@/lib/domain/connection";
import { connectionWord } from "@/lib/presentation/connection-word";
import { formatDuration, formatUntil } from "@/lib/presentation/duration";

import { ShareActions } from "../access/share-actions";
import { Path } from "../site/path";
import { Moment } from "../ui/moment";
import { Verbatim } from "../ui/verbatim";

/** Where this page is, how fresh it is, and how to pass it on. */
export function EndpointHeading({
  answer,
  freshness,
}: {
  answer: Answer<EndpointView>;
  freshness: ConnectionState;
}) {
  const { id, org, modelArch } = answer.body.endpoint;
  const isGuest = useApiScope().token !== null;
  const facts = [modelArch, org].filter((fact) => fact !== null && fact !== "");
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 border-t border-ink py-2">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-4 py-1">
        <Path isGuest={isGuest}>
          <span className="font-mono">{id}</span>
        </Path>
        {facts.length > 0 && (
          <p className="text-caption text-quiet">
            <Verbatim text={facts.join(" · ")} />
          </p>
        )}
      </div>
      <div className="flex grow flex-wrap items-baseline justify-between gap-x-5 sm:grow-0 sm:justify-end sm:gap-x-8">
        <Heartbeat answer={answer} freshness={freshness} />
        {!isGuest && <ShareActions endpointId={id} />}
      </div>
    </div>
  );
}

/** How old the data is, and when the next poll is due. Before hydration nothing can tick, so it shows the time. */
export function Heartbeat({
  answer,
  freshness,
}: {
  answer: Answer<EndpointView>;
  freshness: ConnectionState;
}) {
  const isHydrated = useHydrated();
  const observedAt = answer.answeredAt - (answer.age ?? 0);
  return (
    // As wide as the longest text, so that nothing beside it moves.
    <p className="py-1 text-caption whitespace-nowrap text-quiet sm:min-w-[20.5em]">
      {isHydrated ? (
        <Beat key={freshness} answer={answer} freshness={freshness} />
      ) : answer.age === null ? (
        <span>Not seen yet</span>
      ) : (
        <>
          {answer.body.freshness.basis === "listing" ? "Listed unchanged" : "As of"}{" "}
          <Moment at={observedAt} form="exact" />
        </>
      )}
    </p>
  );
}

function Beat({ answer, freshness }: { answer: Answer<EndpointView>; freshness: ConnectionState }) {
  const path = useApiScope().paths.view;
  const isListed = answer.body.freshness.basis === "listing";
  const age = useTicking((now) => {
    const { observedAt } = timesOf(path, answer);
    if (observedAt === null) return "not seen yet";
    const ago = `${formatDuration(now - observedAt)} ago`;
    return isListed ? `listed unchanged ${ago}` : `seen ${ago}`;
  });
  const next = useTicking((now) => formatUntil(timesOf(path, answer).nextPollAt - now));
  return (
    <>
      {/* A phone has no place for it, and shows the same word beside the headline. */}
      <span className="max-sm:sr-only">{`${connectionWord(freshness)}, `}</span>
      {/* During an outage only the headline counts down. The keys make React replace whole elements: it can't remove
          single text nodes after a browser translated the page. */}
      {freshness === "live" ? (
        <span key="live">
          <span className="inline-block min-w-[6.4em]">{`${age},`}</span> next poll{" "}
          <span className="inline-block min-w-[3em]">{next}</span>
        </span>
      ) : (
        <span key="age">{age}</span>
      )}
    </>
  );
}
