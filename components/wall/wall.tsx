"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";

import { isSignedOut } from "@/lib/client/api-failure";
import { fleetQuery, ownScreenQuery } from "@/lib/client/queries";
import { useLazy } from "@/lib/client/use-lazy";
import { pagePaths } from "@/lib/contract/paths";
import type { DisplaySettings } from "@/lib/contract/screen";

import { TabState } from "../site/tab-state";
import { Verbatim } from "../ui/verbatim";
import { useKioskMode } from "./use-kiosk-mode";
import { useScreenCommands } from "./use-screen-commands";
import { WallPicture } from "./wall-picture";

/**
 * The wall. A paired screen's own settings win over those in the address. A screen that lost its access keeps its last
 * picture, dimmed, and shows a pairing code.
 */
export function Wall({
  displaySettings: asked,
  isScreen,
  mayLook,
}: {
  displaySettings: DisplaySettings;
  isScreen: boolean;
  mayLook: boolean;
}) {
  const { data: answer, error } = useQuery({ ...fleetQuery(), enabled: mayLook });
  const { data: own } = useQuery({ ...ownScreenQuery(), enabled: isScreen });
  const isShut = !mayLook || isSignedOut(error);
  const pairing = useLazy(loadPairing, isShut);
  const displaySettings = own?.body.displaySettings ?? asked;
  useKioskMode(answer?.body.build ?? null);
  const commands = useScreenCommands(own?.body ?? null);
  return (
    <div
      {...(displaySettings.theme === "auto" ? {} : { "data-theme": displaySettings.theme })}
      className={clsx("wall", displaySettings.theme === "auto" && displaySettings.night && "wall-auto")}
    >
      {answer !== undefined && (
        <div className={isShut ? "wall-dimmed" : "contents"} aria-hidden={isShut}>
          <WallPicture
            answer={answer}
            displaySettings={displaySettings}
            name={own?.body.name ?? null}
            hasTab={!isShut}
          />
        </div>
      )}
      {!isScreen && mayLook && <WayBack />}
      {commands.isIdentifying && own !== undefined && (
        <p role="status" className="wall-identity">
          <Verbatim text={own.body.name} />
        </p>
      )}
      {isShut && <TabState title="Waiting to be paired · Rollcall" shape="unknown" isLive={false} />}
      {isShut && pairing !== null && <pairing.Pairing isOverPicture={answer !== undefined} />}
    </div>
  );
}

/** For someone with a pointer or a keyboard; a room never sees it. */
function WayBack() {
  return (
    <nav aria-label="Wall" className="wall-way-back">
      <a href={pagePaths.fleet}>All endpoints</a>
      <span>f: full screen</span>
    </nav>
  );
}

function loadPairing() {
  return import("./pairing");
}
