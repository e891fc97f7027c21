"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useMemo, useCallback } from "react";

import { isSignedOut } from "@/lib/client/api-failure";
import { fleetQuery } from "@/lib/client/queries";
import type { Answer } from "@/lib/client/polling";
import { useFleetFreshness } from "@/lib/client/use-freshness";
import type { FleetView } from "@/lib/contract/endpoint-view";
import { arrangeFleet } from "@/lib/domain/arrange-fleet";
import { parseFleetChoice, toFleetQuery, type FleetChoice } from "@/lib/domain/fleet-choice";
import { summarizeFleet } from "@/lib/domain/fleet-summary";
import { toFleetHead } from "@/lib/presentation/fleet-head";

import { SignedOut } from "../access/signed-out";
import { TabState } from "../site/tab-state";
import { TextButton } from "../ui/text-button";
import { FleetControls } from "./fleet-controls";
import { FleetHeadline } from "./fleet-headline";
import { FleetList } from "./fleet-list";
import { toLines } from "./to-lines";
import { useFleetKeys } from "./use-fleet-keys";

/** Every endpoint, one line each; failing and active ones first. */
export function FleetScreen() {
  const { data: answer, error } = useQuery(fleetQuery());
  if (isSignedOut(error)) return <SignedOut />;
  return answer === undefined ? null : <Fleet answer={answer} />;
}

function Fleet({ answer }: { answer: Answer<FleetView> }) {
  const [choice, change] = useFleetChoice();
  useFleetKeys();
  const { endpoints, watcher } = answer.body;
  const lines = useMemo(() => toLines(endpoints), [endpoints]);
  const groups = useMemo(() => arrangeFleet(lines, choice), [lines, choice]);
  const summary = useMemo(() => summarizeFleet(lines, watcher.state === "blind"), [lines, watcher.state]);
  const freshness = useFleetFreshness(answer, summary);
  const head = lines.length === 0 ? null : toFleetHead(summary, freshness);
  return (
    <main data-freshness={freshness.state}>
      <TabState
        title={head?.title ?? "Rollcall"}
        shape={head?.shape ?? "nothing"}
        isLive={head?.isLive ?? freshness.state === "live"}
      />
      <FleetHeadline watcher={watcher} summary={summary} head={head} freshness={freshness} />
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

/** The filters in the address, which is the only state, and a function that changes some of them. */
function useFleetChoice(): [FleetChoice, (change: Partial<FleetChoice>) => void] {
  const params = useSearchParams();
  const choice = useMemo(() => parseFleetChoice((name) => params.get(name)), [params]);
  const change = useCallback((part: Partial<FleetChoice>) => {
    // Read from `location`, which is newer than the rendered params, so that fast typing loses no letters.
    const now = new URLSearchParams(location.search);
    const next = { ...parseFleetChoice((name) => now.get(name)), ...part };
    history.replaceState(null, "", toFleetQuery(next) === "" ? location.pathname : toFleetQuery(next));
  }, []);
  return [choice, change];
}

function NoMatch({ count, showAll }: { count: number; showAll: () => void }) {
  return (
    <div className="border-y border-line py-10">
      <p className="text-lead">No endpoints match your search and filters.</p>
      <p className="mt-2">
        <TextButton onClick={showAll}>
          {count === 1 ? "Show the only endpoint" : `Show all ${count}`}
        </TextButton>
      </p>
    </div>
  );
}
