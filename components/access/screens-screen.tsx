"use client";

import { useQuery } from "@tanstack/react-query";

import { isSignedOut } from "@/lib/client/api-failure";
import { screensQuery } from "@/lib/client/queries";
import { toCutNote } from "@/lib/contract/list-limit";
import { pagePaths } from "@/lib/contract/paths";

import { TabState } from "../site/tab-state";
import { PageHeading } from "../ui/page-heading";
import { Section } from "../ui/section";
import { ScreenEntry } from "./screen-entry";
import { SignedOut } from "./signed-out";

const link = "underline decoration-line-strong underline-offset-4 hover:decoration-ink";

/** The wall screens that the viewer may manage. `outcome` is the message of a pairing form sent without scripts. */
export function ScreensScreen({ outcome }: { outcome: string | null }) {
  const { data, error } = useQuery(screensQuery());
  if (isSignedOut(error)) return <SignedOut />;
  const screens = data?.body.screens ?? null;
  const cutNote = toCutNote(screens?.length ?? 0, "wall screens");
  return (
    <main>
      <TabState title="Wall screens · Rollcall" shape="nothing" isLive={false} />
      <PageHeading sentence={toSentence(screens?.length ?? null)}>
        Open <span className="text-ink">{pagePaths.wall}</span> on the screen to get a code, then{" "}
        <a className={link} href={pagePaths.pair(null)}>
          enter the code
        </a>{" "}
        here or on your phone. A screen is read-only. It’s disconnected when you revoke it, or after 90 days
        without contact.
      </PageHeading>
      {outcome !== null && (
        <p role="status" className="mb-6">
          {outcome}
        </p>
      )}
      {error !== null && <p className="mb-6">{error.message}</p>}
      {cutNote !== null && <p className="mb-6">{cutNote}</p>}
      {screens?.map((screen) => (
        <Section key={screen.id} name={screen.name}>
          <ScreenEntry screen={screen} />
        </Section>
      ))}
    </main>
  );
}

/** `count` is null while the list can't be loaded. */
function toSentence(count: number | null): string {
  if (count === null) return "Wall screens can’t be loaded right now.";
  if (count === 0) return "No wall screens are paired yet.";
  return `${count} wall ${count === 1 ? "screen is" : "screens are"} paired.`;
}
