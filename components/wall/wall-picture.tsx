"use client";

import { useMemo } from "react";

import type { Answer } from "@/lib/client/polling";
import { useTicking } from "@/lib/client/time/use-ticking";
import { useFleetFreshness } from "@/lib/client/use-freshness";
import type { FleetView } from "@/lib/contract/endpoint-view";
import type { DisplaySettings } from "@/lib/contract/screen";
import { otherMessage } from "@/lib/contract/watcher-message";
import { compareSeverity } from "@/lib/domain/display-state";
import { summarizeFleet } from "@/lib/domain/fleet-summary";
import { second } from "@/lib/domain/instant";
import { placeOnWall, pageOf, type WallLine, type WallPlace } from "@/lib/domain/wall";
import { toFleetHead } from "@/lib/presentation/fleet-head";

import { toLines, type Line } from "../fleet/to-lines";
import { TabState } from "../site/tab-state";
import { TileGrid } from "./tile-grid";
import { CompactTile, FeaturedTile } from "./tiles";
import { WallHead } from "./wall-head";

const rotateEvery = 20;

/** Every endpoint on one screen: active and failing ones take the space, quiet ones a line each. */
export function WallPicture({
  answer,
  displaySettings,
  name,
  hasTab,
}: {
  answer: Answer<FleetView>;
  displaySettings: DisplaySettings;
  name: string | null;
  /** Whether it also sets the tab's title and icon. */
  hasTab: boolean;
}) {
  const { endpoints, acknowledgements, watcher } = answer.body;
  const { endpointIds } = displaySettings;
  const all = useMemo(() => toLines(endpoints, acknowledgements), [endpoints, acknowledgements]);
  const lines = useMemo(
    () =>
      all
        .filter(({ id }) => endpointIds?.includes(id) ?? true)
        .toSorted((a, b) => compareSeverity(a.displayState, b.displayState) || a.id.localeCompare(b.id)),
    [all, endpointIds],
  );
  const isListBlind = watcher.state === "blind";
  const summary = useMemo(() => summarizeFleet(lines, isListBlind), [lines, isListBlind]);
  const message = useMemo(
    () => otherMessage(watcher, summarizeFleet(all, isListBlind)),
    [watcher, all, isListBlind],
  );
  const freshness = useFleetFreshness(answer, summary);
  const head = lines.length === 0 ? null : toFleetHead(summary, freshness);
  const seconds = displaySettings.rotateSeconds ?? rotateEvery;
  const turn = useTicking((now) => Math.floor(now / (seconds * second)));
  const shown = pageOf(lines, turn);
  const placesText = useTicking((now) => shown.map((line) => placeOnWall(toWallLine(line), now)).join(" "));
  const places = placesText.split(" ");
  const inPlace = (place: WallPlace) => shown.filter((_, index) => places[index] === place);
  const [featured, unseen, quiet] = [inPlace("featured"), inPlace("unseen"), inPlace("quiet")];
  const [first] = shown;
  const hasUpper = featured.length > 0;
  return (
    <main data-freshness={freshness.state} className="wall-picture">
      {hasTab && (
        <TabState
          title={head?.title ?? "No endpoints to watch · Rollcall"}
          shape={head?.shape ?? "nothing"}
          isLive={head?.isLive ?? freshness.state === "live"}
        />
      )}
      <WallHead
        answer={answer}
        freshness={freshness}
        head={head}
        message={message}
        name={name}
        turns={
          first === undefined || shown.length === lines.length
            ? null
            : { from: lines.indexOf(first) + 1, count: shown.length }
        }
      />
      {hasUpper && (
        <TileGrid count={featured.length} shape="featured" hasOthers={featured.length < shown.length}>
          {featured.map((line) => (
            <FeaturedTile key={line.id} line={line} />
          ))}
        </TileGrid>
      )}
      {unseen.length > 0 && (
        <TileGrid
          label="No current data"
          count={unseen.length}
          shape={hasUpper ? "line" : "quiet"}
          hasOthers={hasUpper}
        >
          {unseen.map((line) => (
            <CompactTile key={line.id} line={line} />
          ))}
        </TileGrid>
      )}
      {quiet.length > 0 && (
        <TileGrid
          label="Quiet"
          count={quiet.length}
          shape={hasUpper || unseen.length > 0 ? "line" : "quiet"}
          hasOthers={hasUpper}
        >
          {quiet.map((line) => (
            <CompactTile key={line.id} line={line} />
          ))}
        </TileGrid>
      )}
    </main>
  );
}

function toWallLine(line: Line): WallLine {
  return { ...line, isAcknowledged: line.acknowledgement !== null };
}
