"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { isSignedOut } from "@/lib/client/api-failure";
import { fleetQuery } from "@/lib/client/queries";
import type { Answer } from "@/lib/client/polling";
import { useFleetFreshness } from "@/lib/client/use-freshness";
import type { FleetView } from "@/lib/contract/endpoint-view";
import { summarizeFleet } from "@/lib/domain/fleet-summary";
import { toEmptyFleet } from "@/lib/presentation/empty-fleet";
import { toFleetHead } from "@/lib/presentation/fleet-head";

import { SignedOut } from "../access/signed-out";
import { FleetNotifications } from "../notifications/browser-notifications";
import { IncidentLine } from "../site/incident-line";
import { TabState } from "../site/tab-state";
import { FleetHeadline } from "./fleet-headline";
import { FleetHelp, useFleetHelp } from "./fleet-help";
import { FleetTable } from "./fleet-table";
import { FleetTools } from "./fleet-tools";
import { toLines, toUnseen } from "./to-lines";
import { useFleetChoice } from "./use-fleet-choice";
import { useFleetKeys } from "./use-fleet-keys";

/** Every endpoint, one line each; failing and active ones first. */
export function FleetScreen() {
  const { data: answer, error } = useQuery(fleetQuery());
  if (isSignedOut(error)) return <SignedOut />;
  return answer === undefined ? null : <Fleet answer={answer} />;
}

function Fleet({ answer }: { answer: Answer<FleetView> }) {
  const [choice, change] = useFleetChoice();
  const help = useFleetHelp();
  useFleetKeys();
  const { endpoints, watcher } = answer.body;
  const lines = useMemo(() => toLines(endpoints), [endpoints]);
  const summary = useMemo(() => summarizeFleet(lines, watcher.state === "blind"), [lines, watcher.state]);
  const freshness = useFleetFreshness(answer, summary);
  const { state, since } = freshness;
  const shown = useMemo(() => (state === "cut_off" ? toUnseen(lines, since) : lines), [lines, state, since]);
  const empty = lines.length > 0 ? null : toEmptyFleet(watcher.state, freshness);
  const head = toFleetHead(summary, freshness);
  return (
    <main data-freshness={state}>
      <TabState
        title={empty === null ? head.title : `${empty.word} · Rollcall`}
        shape={empty?.shape ?? head.shape}
        isLive={empty === null ? head.isLive : state === "live"}
      />
      <FleetHeadline answer={answer} summary={summary} head={head} empty={empty} freshness={freshness} />
      {empty === null && (
        <>
          <FleetTools lines={shown} choice={choice} change={change} showHelp={help.show} />
          <FleetTable lines={shown} choice={choice} change={change}>
            <FleetNotifications />
          </FleetTable>
          <FleetHelp dialog={help.dialog} />
        </>
      )}
      <IncidentLine reported={answer.body.providerIncidents} />
    </main>
  );
}
