import { timesOf, type Answer } from "@/lib/client/polling";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { useTicking } from "@/lib/client/time/use-ticking";
import type { FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import type { ViewerFreshness } from "@/lib/domain/connection";
import { connectionWord } from "@/lib/presentation/connection-word";
import { formatDuration } from "@/lib/presentation/duration";

import { Moment } from "../ui/moment";
import { Until } from "../ui/ticking";

/** As wide as most ages and countdowns, so that the words before them stay where they are. */
const steadyWidth = "inline-block min-w-[3.9em] text-left";

/** How old the list is; during an outage, when the next try is due. Before hydration nothing ticks, so it is a time. */
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
        <Age answer={answer} words={isPartial ? "The others seen " : `${connectionWord("live")}, seen `} />
      ) : (
        <>
          As of <Moment at={answer.answeredAt - answer.age} form="exact" />
        </>
      )}
    </p>
  );
}

/** The age of the oldest observation among the live endpoints. */
function Age({ answer, words }: { answer: Answer<FleetView>; words: string }) {
  const age = useTicking((now) =>
    formatDuration(now - (timesOf(apiPaths.endpoints, answer).observedAt ?? now)),
  );
  return (
    <>
      <span>{words}</span>
      <span className={steadyWidth}>{`${age} ago`}</span>
    </>
  );
}
