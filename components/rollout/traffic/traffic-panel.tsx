"use client";

import { useQuery } from "@tanstack/react-query";

import { trafficQuery } from "@/lib/client/traffic-query";
import { useApiScope } from "@/lib/client/use-api-scope";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { RolloutTraffic } from "@/lib/contract/traffic";
import type { Chart } from "@/lib/domain/chart";

import { Frame } from "../../ui/frame";
import { Moment } from "../../ui/moment";
import { TrafficChart } from "./traffic-chart";
import { TrafficTable } from "./traffic-table";

/** What callers felt of a rollout: a conclusion if the evidence is clear, small charts, and the figures. */
export function TrafficPanel({ rollout, chart }: { rollout: RolloutView; chart: Chart | null }) {
  const { data: answer, error } = useQuery(trafficQuery(useApiScope(), rollout.deploymentId));
  if (answer === undefined) return <Frame>{error === null ? "Loading." : error.message}</Frame>;
  const traffic = answer.body;
  const isKnown = traffic.minutes.length > 0;
  return (
    <>
      {traffic.conclusions.map((sentence) => (
        <p key={sentence} className="mb-1 text-lead text-pretty">
          {sentence}
        </p>
      ))}
      <MetricsState source={traffic.source} isKnown={isKnown} />
      {isKnown && chart !== null && <TrafficChart minutes={traffic.minutes} chart={chart} />}
      {isKnown && <TrafficTable traffic={traffic} />}
      <p className="mt-3 max-w-[44rem] text-caption text-pretty text-quiet">
        While a rollout is under way, the Metrics API measures old and new replicas together.
      </p>
    </>
  );
}

/** How old the figures are, and what is wrong with the Metrics API. */
function MetricsState({ source, isKnown }: { source: RolloutTraffic["source"]; isKnown: boolean }) {
  if (source === null) return <Frame>The Metrics API is no longer configured.</Frame>;
  const { cause, observedAt } = source;
  return (
    <>
      {cause !== null && (
        <Frame>
          {`${cause.message} What callers feel has not been measured since `}
          <Moment at={cause.since} form="exact" />
          {". Rollcall keeps asking; Diagnostics says what to do."}
        </Frame>
      )}
      {cause === null && !isKnown && <Frame>No minute of this rollout was measured.</Frame>}
      {observedAt !== null && (
        <p className="mb-4 text-caption text-quiet">
          {"From the Metrics API, as of "}
          <Moment at={observedAt} form="exact" />
          {"."}
        </p>
      )}
    </>
  );
}
