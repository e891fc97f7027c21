"use client";

import { useState, useId } from "react";

import type { Answer } from "@/lib/client/queries/polling";
import { useApiScope } from "@/lib/client/use-api-scope";
import { useLazy } from "@/lib/client/use-lazy";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import type { RolloutView } from "@/lib/contract/rollout-view";
import { toComparison, withRoomFor } from "@/lib/domain/comparison";
import type { ConnectionState } from "@/lib/domain/connection";
import { formatDuration } from "@/lib/presentation/duration";
import { displayStateWord } from "@/lib/presentation/state-words";
import { versionName } from "@/lib/presentation/version";

import { Frame } from "../../ui/frame";
import { Section } from "../../ui/section";
import { TextButton } from "../../ui/text-button";
import { Verbatim } from "../../ui/verbatim";
import { ChartCaption } from "../chart/chart-caption";
import { ChartFrame } from "../chart/chart-frame";
import { useChart, whyNoChart } from "../chart/use-chart";
import { ComparisonLine, ComparisonPicker } from "./comparison";
import { ChartCursor } from "./chart-cursor";
import { useComparison } from "./use-comparison";
import { useView } from "./view-state";

/** The whole course of one rollout: what is looked at of it stands in the address. */
export function TimelinePanel({
  answer,
  rollout,
  detail,
  freshness,
}: {
  answer: Answer<EndpointView>;
  /** What is newest about it, from the endpoint's own answer where that lists it. */
  rollout: RolloutView;
  detail: Answer<RolloutDetail>;
  freshness: ConnectionState;
}) {
  const { endpointId } = detail.body;
  const { view, isMisread, setAt, setRange, setOther } = useView();
  const drawn = useChart(answer, rollout, detail, freshness, view.range);
  const comparison = useComparison(view.other);
  const isGuest = useApiScope().token !== null;
  const [isTable, setIsTable] = useState(false);
  const late = useLazy(loadTable, isTable);
  const tableId = useId();
  if (drawn === null) {
    return (
      <Section name="Over time">
        <Frame>{whyNoChart(rollout, true)}</Frame>
      </Section>
    );
  }
  const { startedAt } = rollout;
  const compared =
    comparison.timeline === null ? null : toComparison({ chart: drawn, startedAt }, comparison.timeline);
  const chart = compared === null ? drawn : withRoomFor(drawn, compared);
  return (
    <Section name="Over time">
      {isMisread && (
        <p className="mb-4 text-pretty">
          The address names a moment or a range that cannot be read, so the whole rollout is shown.
        </p>
      )}
      <ChartFrame chart={chart}>
        {compared !== null && <ComparisonLine chart={chart} vertices={compared} />}
        <ChartCursor
          chart={chart}
          pinned={view.at}
          onPin={(at) => void setAt(at)}
          onSelect={(range) => void setRange(range)}
        />
      </ChartFrame>
      <ChartCaption chart={chart} />
      {comparison.detail !== null && <ComparedWith detail={comparison.detail} hasCurve={compared !== null} />}
      {comparison.error !== null && (
        <p className="mt-1 text-caption">
          {`The rollout to compare with cannot be shown: ${comparison.error.message}`}
        </p>
      )}
      <p className="mt-4 flex flex-wrap items-baseline gap-x-6 print:hidden gap-y-2 text-caption text-quiet">
        {!isGuest && (
          <ComparisonPicker
            endpointId={endpointId}
            deploymentId={rollout.deploymentId}
            chosen={comparison.detail?.rollout ?? null}
            onChoose={(other) => void setOther(other)}
          />
        )}
        {chart.isRange && <TextButton onClick={() => void setRange(null)}>Show the whole rollout</TextButton>}
        {view.at !== null && <TextButton onClick={() => void setAt(null)}>Unpin the moment</TextButton>}
        <TextButton aria-expanded={isTable} aria-controls={tableId} onClick={() => setIsTable(!isTable)}>
          {isTable ? "Hide the table" : "Show as table"}
        </TextButton>
      </p>
      <p className="mt-2 text-caption text-quiet print:hidden">
        Click the chart to pin a moment, drag to look at a range. The address of this page follows.
      </p>
      <div id={tableId}>{isTable && late !== null && <late.ChartTable chart={chart} />}</div>
    </Section>
  );
}

function ComparedWith({ detail, hasCurve }: { detail: RolloutDetail; hasCurve: boolean }) {
  const { displayState, endedAt, startedAt, version } = detail.rollout;
  const took = endedAt === null ? "" : ` after ${formatDuration(endedAt - startedAt)}`;
  return (
    <p className="mt-1 text-caption text-quiet">
      <span>{hasCurve ? "Dotted: " : "Nothing was recorded to draw of "}</span>
      <Verbatim text={versionName(version)} />
      <span>
        {`, ${displayStateWord(displayState).toLowerCase()}${took}${hasCurve ? ", at the same time since its start" : ""}.`}
      </span>
    </p>
  );
}

function loadTable() {
  return import("../chart/chart-table");
}
