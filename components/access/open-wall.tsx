import type { ReactNode } from "react";

import { pagePaths } from "@/lib/contract/paths";

import { PageHeading } from "../ui/page-heading";
import { PushButton } from "../ui/push-button";
import { EndpointPicker } from "./endpoint-picker";

/** In open access no screen is paired: the wall's address says what it shows. Works without scripts. */
export function OpenWall({ known, note }: { known: readonly string[]; note: ReactNode }) {
  return (
    <>
      <PageHeading sentence="Screens need no pairing here.">
        Choose what this wall shows, open it, and use its address on the screen.
        <span className="mt-3 block">{note}</span>
      </PageHeading>
      <form method="get" action={pagePaths.wall} target="_blank" className="grid max-w-xl gap-6">
        <EndpointPicker start={{ scope: "all", endpoints: [] }} known={known} />
        <div>
          <PushButton type="submit">Open this wall</PushButton>
        </div>
      </form>
    </>
  );
}
