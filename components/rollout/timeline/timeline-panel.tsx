"use client";

import { useState, useId } from "react";

import type { Answer } from "@/lib/client/polling";
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
  const { endpointId } = detail.body;
  const { view, setAt, setRange, setOther } = useView();
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
      {view.isMisread && (
        <p className="mb-4 text-pretty">
          The moment or range in the address isn’t valid, so the whole rollout is shown.
        </p>
      )}
      <ChartFrame chart={chart}>
        {compared !== null && <ComparisonLine chart={chart} vertices={compared} />}
        <ChartCursor chart={chart} pinned={view.at} onPin={setAt} onSelect={setRange} />
      </ChartFrame>
      <ChartCaption chart={chart} />
      {comparison.detail !== null && <ComparedWith detail={comparison.detail} hasCurve={compared !== null} />}
      {comparison.error !== null && (
        <p className="mt-1 text-caption">{`The comparison can’t be shown: ${comparison.error.message}`}</p>
      )}
      <p className="mt-4 flex flex-wrap items-baseline gap-x-6 print:hidden gap-y-2 text-caption text-quiet">
        {!isGuest && (
          <ComparisonPicker
            endpointId={endpointId}
            deploymentId={rollout.deploymentId}
            chosen={comparison.detail?.rollout ?? null}
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
      <div id={tableId}>{isTable && late !== null && <late.ChartTable chart={chart} />}</div>
    </Section>
  );
}

function ComparedWith({ detail, hasCurve }: { detail: RolloutDetail; hasCurve: boolean }) {
  const { displayState, endedAt, startedAt, version } = detail.rollout;
  const took = endedAt === null ? "" : ` after ${formatDuration(endedAt - startedAt)}`;
  return (
    <p className="mt-1 text-caption text-quiet">
      <span>{hasCurve ? "Dotted line: " : "No recorded counts for "}</span>
      <Verbatim text={versionName(version)} />
      <span>
        {`, ${displayStateWord(displayState).toLowerCase()}${took}${hasCurve ? ", at the same elapsed time" : ""}.`}
      </span>
    </p>
  );
}

function loadTable() {
  return import("../chart/chart-table");
}
