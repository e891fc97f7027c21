import type { Metadata } from "next";

import { HydratedPage } from "@/components/site/hydrated-page";
import { Wall } from "@/components/wall/wall";
import { gatherAnswers } from "@/lib/client/initial-data";
import { fleetQuery, ownScreenQuery } from "@/lib/client/queries";
import { parseDisplaySettings } from "@/lib/contract/parse-display-settings";
import { authorizePage } from "@/lib/server/http/authorize-page";
import { orNotFound, orUnreadable } from "@/lib/server/services/errors";
import { readFleetFor } from "@/lib/server/services/fleet";
import { readOwnScreen } from "@/lib/server/services/screens";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** Public: viewers without access see a pairing code. */
export default async function WallPage({ searchParams }: Props) {
  const { ctx, principal } = await authorizePage("public:enter");
  const answers = gatherAnswers();
  const fleet = await readFleetFor(ctx, principal);
  if (fleet !== null) answers.put(fleetQuery(), fleet);
  const own = await orUnreadable(orNotFound(() => readOwnScreen(ctx, principal)));
  if (own !== null && own !== "unreadable") answers.put(ownScreenQuery(), own);
  return (
    <HydratedPage answers={answers.end()}>
      <Wall
        displaySettings={parseDisplaySettings(await searchParams)}
        isScreen={own !== null}
        mayLook={fleet !== null}
      />
    </HydratedPage>
  );
}
