import { pagePaths } from "@/lib/contract/paths";

import { PageHeading } from "../ui/page-heading";
import { PushButton } from "../ui/push-button";
import { EndpointPicker } from "./endpoint-picker";

/** In open access no screen is paired: the wall's address says what it shows. Works without scripts. */
export function OpenWall({ known }: { known: readonly string[] }) {
  return (
    <>
      <PageHeading sentence="Screens need no pairing here.">
        Rollcall runs in open access: everyone who opens the wall sees it, without a code. Choose what this
        wall shows, open it, and use its address on the screen.
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
