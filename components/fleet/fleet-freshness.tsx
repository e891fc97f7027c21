import { timesOf, type Answer } from "@/lib/client/polling";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { usePolled } from "@/lib/client/time/use-ticking";
import type { FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import type { ViewerFreshness } from "@/lib/domain/connection";
import { connectionWord } from "@/lib/presentation/connection-word";

import { Moment } from "../ui/moment";
import { Until } from "../ui/ticking";

/** As wide as most ages and countdowns, so that the words before them stay where they are. */
const steadyWidth = "inline-block min-w-[3.9em] text-left";

/** When the list was last confirmed; during an outage, when the next try is due. */
export function FleetFreshness({
  answer,
  freshness: { state, retryAt },
  isPartial,
}: {
  answer: Answer<FleetView>;
  freshness: ViewerFreshness;
  /** Whether some endpoints cannot be seen. The age is that of the others. */
  isPartial: boolean;
}) {
  const isHydrated = useHydrated();
  return (
    <p className="text-caption whitespace-nowrap text-quiet sm:pt-[0.6875rem]">
      {isHydrated && state !== "live" ? (
        <span key={state}>
          <span>{connectionWord(state)}</span>
          {retryAt !== null && (
            <>
              <span>{state === "cut_off" ? ", trying again " : ", next try "}</span>
              <span className={steadyWidth}>
                <Until at={retryAt} />
              </span>
            </>
          )}
        </span>
      ) : answer.age === null ? (
        <span>Not seen yet</span>
      ) : isHydrated ? (
        <Confirmed
          answer={answer}
          words={isPartial ? "The others as of " : `${connectionWord("live")}, as of `}
        />
      ) : (
        <>
          As of <Moment at={answer.answeredAt - answer.age} form="exact" />
        </>
      )}
    </p>
  );
}

/** The oldest observation among the live endpoints: a time of day, which stays true on a page that has stopped. */
function Confirmed({ answer, words }: { answer: Answer<FleetView>; words: string }) {
  const observedAt = usePolled(() => timesOf(apiPaths.endpoints, answer).observedAt);
  if (observedAt === null) return <span>Not seen yet</span>;
  return (
    <>
      <span>{words}</span>
      <Moment at={observedAt} form="exact" />
    </>
  );
}
