"use client";

import { useMemo } from "react";

import type { Answer } from "@/lib/client/queries/polling";
import { useTicking } from "@/lib/client/time/use-ticking";
import { useSight, useSightState } from "@/lib/client/use-sight";
import type { FleetView } from "@/lib/contract/endpoint-view";
import { apiPaths } from "@/lib/contract/paths";
import type { ScreenShows } from "@/lib/contract/screen";
import { fleetSentence } from "@/lib/domain/fleet-sentence";
import { second } from "@/lib/domain/instant";
import { compareUrgency } from "@/lib/domain/standing";
import { isLoud, takeTurn } from "@/lib/domain/wall";

import { toFleetFreshness } from "../fleet/fleet-freshness";
import { toLines, type Line } from "../fleet/to-lines";
import { TabState } from "../site/tab-state";
import { LoudTile } from "./loud-tile";
import { QuietTile } from "./quiet-tile";
import { TileGrid } from "./tile-grid";
import { WallHead } from "./wall-head";

const leastInterval = 30_000;
const turnEvery = 20;

/** Every endpoint of a screen at once: what moves or fails takes the space, what is quiet a line each. */
export function WallPicture({
  answer,
  shows,
  name,
  hasTab,
}: {
  answer: Answer<FleetView>;
  shows: ScreenShows;
  name: string | null;
  /** Whether it speaks for the tab as well. */
  hasTab: boolean;
}) {
  const { endpoints, acknowledgements, watcher } = answer.body;
  const freshness = toFleetFreshness(answer.body);
  const state = useSightState(apiPaths.endpoints, answer, freshness.state, leastInterval);
  const sight = useSight(apiPaths.endpoints, answer, freshness, state);
  const { endpointIds } = shows;
  const lines = useMemo(
    () =>
      toLines(endpoints, acknowledgements)
        .filter(({ id }) => endpointIds?.includes(id) ?? true)
        .toSorted((a, b) => compareUrgency(a.standing, b.standing) || a.id.localeCompare(b.id)),
    [endpoints, acknowledgements, endpointIds],
  );
  const seconds = shows.rotateSeconds ?? turnEvery;
  const turn = useTicking((now) => Math.floor(now / (seconds * second)));
  const shown = takeTurn(lines, turn);
  const loudIds = useTicking((now) =>
    namesOf(shown.filter((line) => isLoud({ ...line, isAcknowledged: line.acknowledgement !== null }, now))),
  );
  const loud = shown.filter(({ id }) => loudIds.split(" ").includes(id));
  const quiet = shown.filter((line) => !loud.includes(line));
  const [first] = shown;
  const standings = lines.map(({ standing }) => standing);
  const sentence = lines.length === 0 ? "No endpoint to watch." : fleetSentence(standings);
  const worst = standings[0] ?? "nothing";
  return (
    <main data-sight={state} className="wall-picture">
      {hasTab && <TabState title={`${sentence} · Rollcall`} shape={worst} isLive={state === "live"} />}
      <WallHead
        answer={answer}
        sight={sight}
        sentence={sentence}
        message={watcher.message}
        name={name}
        turns={
          first === undefined || shown.length === lines.length
            ? null
            : { from: lines.indexOf(first) + 1, count: shown.length }
        }
      />
      {loud.length > 0 && (
        <TileGrid count={loud.length} shape="loud" hasOthers={quiet.length > 0}>
          {loud.map((line) => (
            <LoudTile key={line.id} line={line} />
          ))}
        </TileGrid>
      )}
      {quiet.length > 0 && (
        <TileGrid count={quiet.length} shape={loud.length > 0 ? "line" : "quiet"} hasOthers={loud.length > 0}>
          {quiet.map((line) => (
            <QuietTile key={line.id} line={line} />
          ))}
        </TileGrid>
      )}
    </main>
  );
}

/** Ids hold no space. */
function namesOf(lines: readonly Line[]): string {
  return lines.map(({ id }) => id).join(" ");
}
