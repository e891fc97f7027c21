"use client";

import { timesOf, type Answer } from "@/lib/client/queries/polling";
import { useTicking } from "@/lib/client/time/use-ticking";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import { formatDuration } from "@/lib/domain/duration";
import type { SightState } from "@/lib/domain/sight";

const words: Record<SightState, string> = {
  live: "Live",
  delayed: "Delayed",
  blind: "Blind",
  cut_off: "No answer from Rollcall’s server",
};

/** The line that proves that the picture is alive: how old it is, and when it is asked for anew. */
export function Heartbeat({ answer, sight }: { answer: Answer<EndpointView>; sight: SightState }) {
  const path = apiPaths.endpoint(answer.body.endpoint.id);
  const age = useTicking((now) => {
    const { observedAt } = timesOf(path, answer);
    return observedAt === null ? "not seen yet" : `seen ${formatDuration(now - observedAt)} ago`;
  });
  const next = useTicking((now) => formatDuration(timesOf(path, answer).nextPollAt - now));
  return (
    <p className="text-caption text-quiet">
      {words[sight]}, {age}, asks again in <span className="inline-block min-w-[2.2em]">{next}</span>
    </p>
  );
}
