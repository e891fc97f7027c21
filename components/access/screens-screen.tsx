"use client";

import { useQuery } from "@tanstack/react-query";

import { isSignedOut } from "@/lib/client/is-signed-out";
import { screensQuery } from "@/lib/client/queries/screens";
import { toCutNote } from "@/lib/contract/list-limit";
import { pagePaths } from "@/lib/contract/paths";

import { TabState } from "../site/tab-state";
import { PageHeading } from "../ui/page-heading";
import { Section } from "../ui/section";
import { ScreenEntry } from "./screen-entry";
import { SignedOut } from "./no-access";

const link = "underline decoration-line-strong underline-offset-4 hover:decoration-ink";

/** The wall screens that one may see to; `outcome` is what came of the form by which one was paired, in words. */
export function ScreensScreen({ outcome }: { outcome: string | null }) {
  const { data, error } = useQuery(screensQuery());
  if (isSignedOut(error)) return <SignedOut />;
  const screens = data?.body.screens ?? null;
  const cutNote = toCutNote(screens?.length ?? 0, "wall screens");
  return (
    <main>
      <TabState title="Wall screens · Rollcall" shape="nothing" isLive={false} />
      <PageHeading sentence={toSentence(screens?.length ?? null)}>
        Open <span className="text-ink">{pagePaths.wall}</span> on the screen: it shows a code. Then{" "}
        <a className={link} href={pagePaths.pair(null)}>
          enter the code
        </a>{" "}
        here or on a phone. A screen can only look, and loses its pass when it is revoked or not seen for 90
        days.
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

/** `count` is null while the list cannot be read. */
function toSentence(count: number | null): string {
  if (count === null) return "The list of wall screens cannot be read right now.";
  if (count === 0) return "No wall screen is paired yet.";
  return `${count} wall ${count === 1 ? "screen is" : "screens are"} paired.`;
}
