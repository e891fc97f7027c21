"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useMemo, useState } from "react";

import type { Answer } from "@/lib/client/polling";
import { useApiScope } from "@/lib/client/use-api-scope";
import { rolloutQuery } from "@/lib/client/queries";
import { useLazy } from "@/lib/client/use-lazy";
import { timelineEnd } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { ConnectionState } from "@/lib/domain/connection";
import { smallest } from "@/lib/domain/extremes";
import { nothingToCompare } from "@/lib/presentation/comparison-sentence";
import { versionName } from "@/lib/presentation/version";

import { Frame } from "../../ui/frame";
import { Section } from "../../ui/section";
import { TextButton } from "../../ui/text-button";
import { TrafficSlot } from "../traffic/traffic-slot";
import { ChartCaption } from "./chart-caption";
import { ChartFrame } from "./chart-frame";
import { OverlapLine } from "./other-lines";
import { useChart, whyNoChart } from "./use-chart";
import { useCompared, useOther } from "./use-comparison";

/**
 * The history of a rollout as a chart, and on request as a table. `others` under way at the same time have lines in the
 * same chart; without any, the last success is drawn at the same elapsed time.
 */
export function ChartPanel({
  answer,
  rollout,
  others,
  freshness,
}: {
  answer: Answer<EndpointView>;
  rollout: RolloutView;
  others: readonly RolloutView[];
  freshness: ConnectionState;
}) {
  const { data, error } = useQuery(rolloutQuery(useApiScope(), rollout.deploymentId));
  const since = smallest(others.map(({ startedAt }) => startedAt));
  const drawn = useChart(answer, rollout, data, freshness, { since });
  const lastDone = others.length === 0 ? (data?.body.lastDone ?? null) : null;
  const other = useOther(lastDone === null ? null : { ...lastDone, isChosen: false });
  const recorded = data?.body.rollout;
  const shown = useMemo(() => recorded && { ...recorded, ...rollout }, [recorded, rollout]);
  const compared = useCompared(drawn, shown, other);
  const [isTable, setIsTable] = useState(false);
  const late = useLazy(loadTable, isTable);
  const tableId = useId();
  if (compared === null)
    return (
      <>
        <Section name="Over time">
          {/* As high as the chart that comes with the first points. */}
          <div
            className={timelineEnd(rollout) === null ? "min-h-[30.6875rem] sm:min-h-[26.1875rem]" : undefined}
          >
            <Frame>{error === null ? whyNoChart(rollout, recorded !== undefined) : error.message}</Frame>
          </div>
        </Section>
        <TrafficSlot view={answer.body} rollout={rollout} chart={null} />
      </>
    );
  const { chart, comparison } = compared;
  const first = others.find(({ startedAt }) => startedAt === chart.startedAt);
  return (
    <>
      <Section name="Over time">
        <ChartFrame
          chart={chart}
          comparison={comparison}
          beside={others.length === 0 ? null : { own: versionName(rollout.version), others: toEnds(others) }}
          lines={
            others.length === 0
              ? null
              : others.map((each) => (
                  <OverlapLine key={each.deploymentId} rollout={each} {...{ answer, freshness, chart }} />
                ))
          }
        />
        <ChartCaption chart={chart} first={first === undefined ? null : versionName(first.version)}>
          {others.length === 0 && (
            <p className="mt-1 min-h-[5lh] text-caption text-quiet sm:min-h-[3lh] lg:min-h-[2lh]">
              {lastDone === null ? nothingToCompare : comparison?.sentence}
            </p>
          )}
          <TextButton
            className="mt-2"
            aria-expanded={isTable}
            aria-controls={tableId}
            onClick={() => setIsTable(!isTable)}
          >
            {isTable ? "Hide the table" : "Show as table"}
          </TextButton>
        </ChartCaption>
        <div id={tableId}>{isTable && late !== null && <late.ChartTable chart={chart} />}</div>
      </Section>
      <TrafficSlot view={answer.body} rollout={rollout} chart={chart} />
    </>
  );
}

function toEnds(others: readonly RolloutView[]) {
  return others.flatMap(({ version, updatedReplicas: count }) =>
    count === null ? [] : [{ name: versionName(version), count }],
  );
}

function loadTable() {
  return import("./chart-table");
}
