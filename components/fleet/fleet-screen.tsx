"use client";

import { useQuery } from "@tanstack/react-query";

import { fleetQuery } from "@/lib/client/queries/fleet";
import { currentRollout, toNews } from "@/lib/client/to-news";
import { useSight, useSightState } from "@/lib/client/use-sight";
import type { Answer } from "@/lib/client/queries/polling";
import type { EndpointView, FleetView } from "@/lib/contract/endpoint-view";
import type { FreshnessView } from "@/lib/contract/freshness";
import { apiPaths } from "@/lib/contract/paths";
import { fleetSentence } from "@/lib/domain/fleet-sentence";
import type { SightState } from "@/lib/domain/sight";
import { compareUrgency, toStanding, type Standing } from "@/lib/domain/standing";

import { TabState } from "../site/tab-state";
import { FleetHeadline } from "./fleet-headline";
import { FleetRow } from "./fleet-row";
import { toFleetFreshness } from "./fleet-freshness";

/** Every endpoint, one line each: what fails and what moves first. */
export function FleetScreen() {
  const { data: answer } = useQuery(fleetQuery());
  const freshness = toFleetFreshness(answer?.body);
  const state = useSightState(apiPaths.endpoints, answer, freshness.state, leastInterval);
  return answer === undefined ? null : <Fleet answer={answer} freshness={freshness} state={state} />;
}

const leastInterval = 30_000;

function Fleet({
  answer,
  freshness,
  state,
}: {
  answer: Answer<FleetView>;
  freshness: FreshnessView;
  state: SightState;
}) {
  const sight = useSight(apiPaths.endpoints, answer, freshness, state);
  const rows = toRows(answer.body.endpoints);
  const title =
    rows.length === 0 ? "Rollcall" : `${fleetSentence(rows.map(({ standing }) => standing))} · Rollcall`;
  return (
    <main data-sight={state}>
      <TabState title={title} shape={rows[0]?.standing ?? "nothing"} isLive={state === "live"} />
      <FleetHeadline
        watcher={answer.body.watcher}
        standings={rows.map(({ standing }) => standing)}
        sight={sight}
      />
      {rows.length > 0 && (
        <ul aria-label="Endpoints" className="border-b border-line">
          {rows.map(({ view, standing }) => (
            <FleetRow key={view.endpoint.id} view={view} standing={standing} />
          ))}
        </ul>
      )}
    </main>
  );
}

function toRows(endpoints: readonly EndpointView[]): { view: EndpointView; standing: Standing }[] {
  return endpoints
    .map((view) => ({ view, standing: toStanding(newsOf(view)) }))
    .toSorted(
      (a, b) =>
        compareUrgency(a.standing, b.standing) || a.view.endpoint.id.localeCompare(b.view.endpoint.id),
    );
}

function newsOf(view: EndpointView) {
  const rollout = currentRollout(view);
  return rollout === null ? null : toNews(rollout);
}
