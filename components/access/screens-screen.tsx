"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import { isSignedOut } from "@/lib/client/api-failure";
import { fleetQuery, screensQuery } from "@/lib/client/queries";
import { toCutNote } from "@/lib/contract/list-limit";
import { pagePaths } from "@/lib/contract/paths";
import type { Role } from "@/lib/domain/role";
import type { ScreenView } from "@/lib/contract/screen";

import { OpenAccessNote } from "./open-access-note";
import { TabState } from "../site/tab-state";
import { PageHeading } from "../ui/page-heading";
import { WithoutScripts } from "../ui/without-scripts";
import { OpenWall } from "./open-wall";
import { RevokedScreen } from "./revoked-screen";
import { ScreenEntry } from "./screen-entry";
import { SignedOut } from "./signed-out";

const link = "underline decoration-line-strong underline-offset-4 hover:decoration-ink";

/** In open access, where there is nothing to manage: which endpoints a wall shows. */
export function OpenScreens({ role, demoSignIn }: { role: Role; demoSignIn: string | null }) {
  const { data } = useQuery(fleetQuery());
  return (
    <main>
      <TabState title="Wall screens · Rollcall" shape="nothing" isLive={false} />
      <OpenWall
        known={data?.body.endpoints.map(({ endpoint }) => endpoint.id) ?? []}
        note={<OpenAccessNote role={role} demoSignIn={demoSignIn} />}
      />
    </main>
  );
}

/** The wall screens that the viewer may manage. `outcome` is the message of a pairing form sent without scripts. */
export function ScreensScreen({ outcome }: { outcome: string | null }) {
  const { data, error } = useQuery(screensQuery());
  const [revoked, setRevoked] = useState<readonly ScreenView[]>([]);
  const forget = useCallback(
    (id: string) => setRevoked((former) => former.filter((screen) => screen.id !== id)),
    [],
  );
  if (isSignedOut(error)) return <SignedOut />;
  const screens = data?.body.screens ?? null;
  const isRevoked = (id: string) => revoked.some((screen) => screen.id === id);
  const paired = screens?.filter(({ id }) => !isRevoked(id)) ?? null;
  const listed = [...(paired ?? []), ...revoked].toSorted((a, b) => a.name.localeCompare(b.name));
  const cutNote = toCutNote(screens?.length ?? 0, "wall screens");
  return (
    <main>
      <TabState title="Wall screens · Rollcall" shape="nothing" isLive={false} />
      <PageHeading sentence={toSentence(paired?.length ?? null)}>
        Open{" "}
        <a className={link} href={pagePaths.wall}>
          {pagePaths.wall}
        </a>{" "}
        on the screen to get a code, then{" "}
        <a className={link} href={pagePaths.pair(null)}>
          enter the code
        </a>{" "}
        here or on your phone. A browser in which someone is signed in shows the wall without a code: to try
        it on this machine, use a private window. A screen is read-only. It’s disconnected when you revoke it,
        or after 90 days without contact.
      </PageHeading>
      <WithoutScripts>
        This browser runs no scripts. Pairing works without them; editing, identifying, reloading and revoking
        a screen does not.
      </WithoutScripts>
      {outcome !== null && (
        <p role="status" className="mb-6">
          {outcome}
        </p>
      )}
      {error !== null && <p className="mb-6">{error.message}</p>}
      {cutNote !== null && <p className="mb-6">{cutNote}</p>}
      <ul>
        {listed.map((screen) =>
          isRevoked(screen.id) ? (
            <RevokedEntry key={screen.id} screen={screen} onOver={forget} />
          ) : (
            <ScreenEntry
              key={screen.id}
              screen={screen}
              onRevoked={() => setRevoked((former) => [...former, screen])}
            />
          ),
        )}
      </ul>
    </main>
  );
}

function RevokedEntry({ screen, onOver }: { screen: ScreenView; onOver: (id: string) => void }) {
  return <RevokedScreen screen={screen} onOver={useCallback(() => onOver(screen.id), [screen.id, onOver])} />;
}

/** `count` is null while the list can't be loaded. */
function toSentence(count: number | null): string {
  if (count === null) return "Wall screens can’t be loaded right now.";
  if (count === 0) return "No wall screens are paired yet.";
  return `${count} wall ${count === 1 ? "screen is" : "screens are"} paired.`;
}
