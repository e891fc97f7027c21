"use client";

import { useQuery } from "@tanstack/react-query";

import { muteQuery } from "@/lib/client/mute-query";
import { type Answer, timesOf } from "@/lib/client/polling";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { usePolled } from "@/lib/client/time/use-ticking";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { muteAnchor } from "@/lib/contract/paths";
import type { ConnectionState } from "@/lib/domain/connection";
import { connectionWord } from "@/lib/presentation/connection-word";

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
        {!isGuest && <MuteNote endpointId={id} />}
      </div>
      <div className="flex grow flex-wrap items-baseline justify-between gap-x-5 sm:grow-0 sm:justify-end sm:gap-x-8">
        <Heartbeat answer={answer} freshness={freshness} />
        {!isGuest && <ShareActions endpointId={id} />}
      </div>
    </div>
  );
}

/** Says that messages about the endpoint are muted, from what the control further down knows. */
function MuteNote({ endpointId }: { endpointId: string }) {
  const { data } = useQuery({ ...muteQuery(endpointId), enabled: false });
  const mute = data?.body.mute ?? null;
  if (mute === null) return null;
  return (
    <p className="text-caption text-quiet">
      <a
        href={`#${muteAnchor}`}
        className="underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-ink"
      >
        Muted until <Moment at={mute.until} />
      </a>
    </p>
  );
}

/** When the data was last confirmed, and when the next poll is due. Before hydration only the first is known. */
export function Heartbeat({
  answer,
  freshness,
}: {
  answer: Answer<EndpointView>;
  freshness: ConnectionState;
}) {
  const isHydrated = useHydrated();
  return (
    // As wide as the longest text, so that nothing beside it moves.
    <p className="py-1 text-caption whitespace-nowrap text-quiet sm:min-w-[20.5em]">
      {isHydrated ? (
        <Beat key={freshness} answer={answer} freshness={freshness} />
      ) : answer.age === null ? (
        <span>Not seen yet</span>
      ) : (
        <>
          {answer.body.freshness.basis === "listing" ? "Listed unchanged at " : "As of "}
          <Moment at={answer.answeredAt - answer.age} form="exact" />
        </>
      )}
    </p>
  );
}

/** Both are times of day: they change with a poll only, and stay true on a page that has stopped. */
function Beat({ answer, freshness }: { answer: Answer<EndpointView>; freshness: ConnectionState }) {
  const path = useApiScope().paths.view;
  const isListed = answer.body.freshness.basis === "listing";
  const observedAt = usePolled(() => timesOf(path, answer).observedAt);
  const nextPollAt = usePolled(() => timesOf(path, answer).nextPollAt);
  return (
    <>
      {/* A phone has no place for it, and shows the same word beside the headline. */}
      <span className="max-sm:sr-only">{`${connectionWord(freshness)}, `}</span>
      {observedAt === null ? (
        <span>not seen yet</span>
      ) : (
        <span>
          <span>{isListed ? "listed unchanged at " : "as of "}</span>
          <Moment at={observedAt} form="exact" />
        </span>
      )}
      {/* During an outage only the headline says when the next try is due. */}
      {freshness === "live" && (
        // Nor has a phone a place for this.
        <span className="max-sm:sr-only">
          <span>, next poll </span>
          <Moment at={nextPollAt} form="clock" />
        </span>
      )}
    </>
  );
}
