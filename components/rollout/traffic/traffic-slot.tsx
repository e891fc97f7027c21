"use client";

import { lazy, Suspense } from "react";

import { reloadPage } from "@/lib/client/reload-page";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { Chart } from "@/lib/domain/chart";

import { Section } from "../../ui/section";

/** The server draws it with the page; its scripts come when the rest of the page can be used. */
const TrafficPanel = lazy(() =>
  import("./traffic-panel").then(({ TrafficPanel: component }) => ({ default: component }), waitForReload),
);

/** What callers felt of a rollout, below its chart and on the same time axis. Nothing unless it is measured. */
export function TrafficSlot({
  view,
  rollout,
  chart,
}: {
  view: Pick<EndpointView, "hasTraffic">;
  rollout: RolloutView;
  chart: Chart | null;
}) {
  if (view.hasTraffic !== true) return null;
  return (
    <Section name="Callers">
      {/* As high as the charts and the table that come. */}
      <div className="min-h-[44rem] sm:min-h-[38rem]">
        <Suspense fallback={null}>
          <TrafficPanel rollout={rollout} chart={chart} />
        </Suspense>
      </div>
    </Section>
  );
}

/** A newer build has replaced the file. */
function waitForReload(): Promise<never> {
  reloadPage();
  return new Promise(() => undefined);
}
