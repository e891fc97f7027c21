"use client";

import { useMemo } from "react";

import type { Answer } from "@/lib/client/polling";
import { currentRollout } from "@/lib/contract/current-rollout";
import { useTicking } from "@/lib/client/time/use-ticking";
import { useFleetFreshness } from "@/lib/client/use-freshness";
import type { FleetView } from "@/lib/contract/endpoint-view";
import type { DisplaySettings } from "@/lib/contract/screen";
import { otherMessage } from "@/lib/contract/watcher-message";
import { compareLines } from "@/lib/domain/arrange-fleet";
import { summarizeFleet } from "@/lib/domain/fleet-summary";
import { second, stepUp } from "@/lib/domain/instant";
import {
  arrangeWall,
  groupLines,
  mostNamesAlone,
  placeChangesAt,
  placeOnWall,
  withoutOrg,
  type WallPlace,
} from "@/lib/domain/wall";
import { fleetAnnounceable } from "@/lib/presentation/announcement";
import { toFleetHead } from "@/lib/presentation/fleet-head";
import { incidentSentence } from "@/lib/presentation/incident-words";
import type { Sentence } from "@/lib/presentation/sentence-text";

import { toLines, type Line } from "../fleet/to-lines";
import { TabState } from "../site/tab-state";
import { Announcement } from "../ui/announcement";
import { TileGrid } from "./tile-grid";
import { CompactTile, FeaturedTile, FoldedTile, GroupTile, toCounts } from "./tiles";
import { WallHead } from "./wall-head";

const places: readonly WallPlace[] = ["featured", "unseen", "quiet"];

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
  const { endpoints, acknowledgements, watcher, providerIncidents } = answer.body;
  const { endpointIds } = displaySettings;
  const all = useMemo(() => toLines(endpoints, acknowledgements), [endpoints, acknowledgements]);
  const lines = useMemo(
    () =>
      all
        .filter(({ id }) => endpointIds?.includes(id) ?? true)
        .map((line) => ({ ...line, isAcknowledged: line.acknowledgement !== null }))
        .toSorted((a, b) => compareLines(a, b, "urgency")),
    [all, endpointIds],
  );
  const isListBlind = watcher.state === "blind";
  const summary = useMemo(() => summarizeFleet(lines, isListBlind), [lines, isListBlind]);
  const freshness = useFleetFreshness(answer, summary);
  const { cause } = freshness;
  const message = useMemo(
    () => otherMessage(watcher, summarizeFleet(all, isListBlind), cause),
    [watcher, all, isListBlind, cause],
  );
  const head = lines.length === 0 ? null : toFleetHead(summary, freshness);
  const { rotateSeconds } = displaySettings;
  const turn = useTicking(
    (now) => (rotateSeconds === null ? null : Math.floor(now / (rotateSeconds * second))),
    (now) => (rotateSeconds === null ? Infinity : stepUp(now, rotateSeconds * second)),
  );
  // Read as text, so that a tick that moves nothing draws nothing.
  const placesText = useTicking(
    (now) => lines.map((line) => places.indexOf(placeOnWall(line, now))).join(""),
    (now) => Math.min(...lines.map((line) => placeChangesAt(line, now))),
  );
  const { featured, unseen, quiet, folded, page } = useMemo(() => {
    const placed = lines.map((line, index) => ({
      ...line,
      place: places[Number(placesText[index])] ?? "quiet",
    }));
    return arrangeWall(placed, { turn, roomAlone: mostNamesAlone(longestOf(lines)) });
  }, [lines, placesText, turn]);
  const steady = toFleetHead(summary, { ...freshness, retryAt: null });
  const { sentence, lastKnown } = steady;
  const incident = incidentSentence(providerIncidents);
  // Another arrangement is another picture, which fades in: tiles that jump would be hard to follow.
  const arrangement = JSON.stringify([
    lines.map(({ id }) => id),
    placesText,
    page,
    sentence,
    lastKnown,
    message,
    lasting(incident),
  ]);
  const hasOrgs = new Set(lines.map(({ org }) => org)).size > 1;
  const hasUpper = featured.length > 0;
  const hasErrors = featured.some(({ view }) => currentRollout(view)?.errorMessage != null);
  return (
    <main data-freshness={freshness.state} className="wall-picture">
      {hasTab && (
        <TabState
          title={head?.title ?? "No endpoints to watch · Rollcall"}
          shape={head?.shape ?? "nothing"}
          isLive={head?.isLive ?? freshness.state === "live"}
        />
      )}
      <Announcement
        about={fleetAnnounceable(summary, freshness)}
        sentences={head === null ? [] : [sentence]}
      />
      <WallHead
        answer={answer}
        freshness={freshness}
        head={head === null ? null : steady}
        message={message}
        incident={incident}
        name={name}
        page={page}
      />
      {hasUpper && (
        <TileGrid
          key={`${arrangement} featured`}
          count={featured.length}
          shape="featured"
          longestName={longestOf(featured)}
          hasOthers={lines.length > featured.length}
        >
          {featured.map((line) => (
            <FeaturedTile key={line.id} line={line} hasErrors={hasErrors} hasOrgs={hasOrgs} />
          ))}
        </TileGrid>
      )}
      {unseen.length > 0 && (
        <TileGrid
          key={`${arrangement} unseen`}
          label="No current data"
          count={unseen.length}
          shape={hasUpper ? "line" : "compact"}
          hasOthers={hasUpper}
          longestName={longestOf(unseen)}
        >
          {unseen.map((line) => (
            <CompactTile key={line.id} line={line} hasOrgs={hasOrgs} />
          ))}
        </TileGrid>
      )}
      {quiet.length > 0 && (
        <TileGrid
          key={`${arrangement} quiet`}
          label="Quiet"
          count={quiet.length}
          shape={hasUpper || unseen.length > 0 ? "line" : "compact"}
          hasOthers={hasUpper}
          longestName={longestOf(quiet)}
        >
          {quiet.map((line) => (
            <CompactTile key={line.id} line={line} hasOrgs={hasOrgs} />
          ))}
        </TileGrid>
      )}
      {folded.length > 0 &&
        (hasUpper || unseen.length > 0 ? <Folded lines={folded} /> : <Groups lines={folded} />)}
    </main>
  );
}

/** The endpoints without a name on this screen, counted by state; the states stand in the order of severity. */
function Folded({ lines }: { lines: readonly Line[] }) {
  return (
    <ul aria-label="Counted only" className="wall-fold">
      {toCounts(lines).map(({ shape, word, count }) => (
        <FoldedTile key={shape} shape={shape} words={word} count={count} />
      ))}
    </ul>
  );
}

/** The same where nothing else needs the space. */
function Groups({ lines }: { lines: readonly Line[] }) {
  const groups = groupLines(lines);
  return (
    <TileGrid
      label="Counted only"
      count={groups.length}
      shape="group"
      hasOthers={false}
      longestName={Math.max(...groups.map(({ name }) => name.length))}
    >
      {groups.map((group) => (
        <GroupTile key={group.name} group={group} />
      ))}
    </TileGrid>
  );
}

/** What a sentence says apart from its moments, which change each minute and take the same place. */
function lasting(sentence: Sentence | null) {
  return sentence?.filter((part) => typeof part === "string" || "quote" in part);
}

function longestOf(lines: readonly Line[]): number {
  return Math.max(...lines.map(({ id, org }) => withoutOrg(id, org).length));
}
