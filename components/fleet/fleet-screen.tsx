"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { isSignedOut } from "@/lib/client/is-signed-out";
import { fleetQuery } from "@/lib/client/queries/fleet";
import { useSight, useSightState } from "@/lib/client/use-sight";
import type { Answer } from "@/lib/client/queries/polling";
import type { FleetView } from "@/lib/contract/endpoint-view";
import type { FreshnessView } from "@/lib/contract/freshness";
import { apiPaths } from "@/lib/contract/paths";
import { arrangeFleet } from "@/lib/domain/arrange-fleet";
import { fleetSentence } from "@/lib/domain/fleet-sentence";
import type { SightState } from "@/lib/domain/sight";
import { compareUrgency } from "@/lib/domain/standing";

import { SignedOut } from "../access/signed-out";
import { TabState } from "../site/tab-state";
import { FleetControls } from "./fleet-controls";
import { FleetHeadline } from "./fleet-headline";
import { FleetList } from "./fleet-list";
import { toFleetFreshness } from "./fleet-freshness";
import { NoMatch } from "./no-match";
import { toLines } from "./to-lines";
import { useFleetChoice } from "./use-fleet-choice";
import { useFleetKeys } from "./use-fleet-keys";

/** Every endpoint, one line each: what fails and what moves first. */
export function FleetScreen() {
  const { data: answer, error } = useQuery(fleetQuery());
  const freshness = toFleetFreshness(answer?.body);
  const state = useSightState(apiPaths.endpoints, answer, freshness.state, leastInterval);
  if (isSignedOut(error)) return <SignedOut />;
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
  const [choice, change] = useFleetChoice();
  useFleetKeys();
  const { endpoints, watcher } = answer.body;
  const lines = useMemo(() => toLines(endpoints), [endpoints]);
  const groups = useMemo(() => arrangeFleet(lines, choice), [lines, choice]);
  const standings = lines.map(({ standing }) => standing);
  const worst = standings.toSorted(compareUrgency)[0];
  const title = worst === undefined ? "Rollcall" : `${fleetSentence(standings)} · Rollcall`;
  return (
    <main data-sight={state}>
      <TabState title={title} shape={worst ?? "nothing"} isLive={state === "live"} />
      <FleetHeadline watcher={watcher} standings={standings} sight={sight} />
      {lines.length > 0 && <FleetControls lines={lines} choice={choice} change={change} />}
      {lines.length > 0 && groups.length === 0 && (
        <NoMatch
          count={lines.length}
          showAll={() => {
            change({ search: "", status: null, org: "", arch: "" });
          }}
        />
      )}
      <FleetList groups={groups} choice={choice} />
    </main>
  );
}
