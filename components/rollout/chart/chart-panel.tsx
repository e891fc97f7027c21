"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";

import type { Answer } from "@/lib/client/polling";
import { useApiScope } from "@/lib/client/use-api-scope";
import { rolloutQuery } from "@/lib/client/queries";
import { useLazy } from "@/lib/client/use-lazy";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { ConnectionState } from "@/lib/domain/connection";

import { Frame } from "../../ui/frame";
import { Section } from "../../ui/section";
import { TextButton } from "../../ui/text-button";
import { ChartCaption } from "./chart-caption";
import { ChartFrame } from "./chart-frame";
import { useChart, whyNoChart } from "./use-chart";

/** The history of a rollout as a chart, and on request as a table. */
export function ChartPanel({
  answer,
  rollout,
  freshness,
}: {
  answer: Answer<EndpointView>;
  rollout: RolloutView;
  freshness: ConnectionState;
}) {
  const { data, error } = useQuery(rolloutQuery(useApiScope(), rollout.deploymentId));
  const chart = useChart(answer, rollout, data, freshness);
  const [isTable, setIsTable] = useState(false);
  const late = useLazy(loadTable, isTable);
  const tableId = useId();
  return (
    <Section name="Over time">
      {chart !== null && data !== undefined ? (
        <>
          <ChartFrame chart={chart} />
          <ChartCaption chart={chart} />
          <TextButton
            className="mt-4"
            aria-expanded={isTable}
            aria-controls={tableId}
            onClick={() => setIsTable(!isTable)}
          >
            {isTable ? "Hide the table" : "Show as table"}
          </TextButton>
          <div id={tableId}>{isTable && late !== null && <late.ChartTable chart={chart} />}</div>
        </>
      ) : (
        <Frame>{error === null ? whyNoChart(rollout, data !== undefined) : error.message}</Frame>
      )}
    </Section>
  );
}

function loadTable() {
  return import("./chart-table");
}
