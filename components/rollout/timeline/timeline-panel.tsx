"use client";

import { useId, useMemo, useState } from "react";

import type { Answer } from "@/lib/client/polling";
import { useApiScope } from "@/lib/client/use-api-scope";
import { useLazy } from "@/lib/client/use-lazy";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { ConnectionState } from "@/lib/domain/connection";

import { Frame } from "../../ui/frame";
import { Section } from "../../ui/section";
import { TextButton } from "../../ui/text-button";
import { ChartCaption } from "../chart/chart-caption";
import { ChartFrame } from "../chart/chart-frame";
import { TrafficSlot } from "../traffic/traffic-slot";
import { useChart, whyNoChart } from "../chart/use-chart";
import { useCompared, useOther } from "../chart/use-comparison";
import { ChartCursor } from "./chart-cursor";
import { ComparisonPicker } from "./comparison-picker";
import { useView } from "./view-state";

/** The whole history of one rollout. The moment, range and comparison shown are in the address. */
export function TimelinePanel({
  answer,
  rollout,
  detail,
  freshness,
}: {
  answer: Answer<EndpointView>;
  /** The newest facts: from the endpoint's answer if that lists the rollout. */
  rollout: RolloutView;
  detail: Answer<RolloutDetail>;
  freshness: ConnectionState;
}) {
  const { endpointId, lastDone } = detail.body;
  const { view, setAt, setRange, setOther } = useView();
  const drawn = useChart(answer, rollout, detail, freshness, { range: view.range });
  const other = useOther(
    view.other === null
      ? lastDone && { ...lastDone, isChosen: false }
      : view.other === ""
        ? null
        : { deploymentId: view.other, isChosen: true },
  );
  const recorded = detail.body.rollout;
  const shown = useMemo(() => ({ ...recorded, ...rollout }), [recorded, rollout]);
  const compared = useCompared(drawn, shown, other);
  const isGuest = useApiScope().token !== null;
  const [isTable, setIsTable] = useState(false);
  const late = useLazy(loadTable, isTable);
  const tableId = useId();
  if (compared === null) {
    return (
      <>
        <Section name="Over time">
          <Frame>{whyNoChart(rollout, true)}</Frame>
        </Section>
        <TrafficSlot view={answer.body} rollout={rollout} chart={null} />
      </>
    );
  }
  const { chart, comparison } = compared;
  return (
    <>
      <Section name="Over time">
        {view.isMisread && (
          <p className="mb-4 text-pretty">
            The moment or range in the address isn’t valid, so the whole rollout is shown.
          </p>
        )}
        <ChartFrame chart={chart} comparison={comparison} isTall>
          <ChartCursor chart={chart} pinned={view.at} onPin={setAt} onSelect={setRange} />
        </ChartFrame>
        <ChartCaption chart={chart}>
          {(lastDone !== null || comparison !== null) && (
            <p className="mt-1 min-h-[5lh] text-caption text-quiet sm:min-h-[3lh] lg:min-h-[2lh]">
              {comparison?.sentence}
            </p>
          )}
          {other.error !== null && (
            <p className="mt-1 text-caption">{`The comparison can’t be shown: ${other.error.message}`}</p>
          )}
          <p className="mt-4 flex flex-wrap items-baseline gap-x-6 print:hidden gap-y-2 text-caption text-quiet">
            {!isGuest && (
              <ComparisonPicker
                endpointId={endpointId}
                deploymentId={rollout.deploymentId}
                chosen={other.detail?.rollout ?? null}
                onChoose={setOther}
              />
            )}
            {chart.isRange && <TextButton onClick={() => setRange(null)}>Show the whole rollout</TextButton>}
            {view.at !== null && <TextButton onClick={() => setAt(null)}>Unpin</TextButton>}
            <TextButton aria-expanded={isTable} aria-controls={tableId} onClick={() => setIsTable(!isTable)}>
              {isTable ? "Hide the table" : "Show as table"}
            </TextButton>
          </p>
          <p className="mt-2 text-caption text-quiet print:hidden">
            Click the chart to pin a moment, or drag to zoom in. The page address keeps your selection.
          </p>
        </ChartCaption>
        <div id={tableId}>{isTable && late !== null && <late.ChartTable chart={chart} />}</div>
      </Section>
      <TrafficSlot view={answer.body} rollout={rollout} chart={chart} />
    </>
  );
}

function loadTable() {
  return import("../chart/chart-table");
}
