import { PairScreen } from "@/components/access/pair-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { gatherAnswers } from "@/lib/client/initial-data";
import { fleetQuery } from "@/lib/client/queries";
import { pagePaths } from "@/lib/contract/paths";
import { authorizePerson } from "@/lib/server/http/authorize-page";
import { readFormOutcome } from "@/lib/server/http/form";
import { redirectTo } from "@/lib/server/http/redirect-to";
import { readFleet } from "@/lib/server/services/fleet";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PairPage({ searchParams }: Props) {
  const { ctx, person } = await authorizePerson("screen:pair");
  // Nothing is paired in open access; that page says so.
  if (ctx.settings.access.kind === "open") redirectTo(pagePaths.screens);
  const { code } = await searchParams;
  const outcome = await readFormOutcome(ctx, pagePaths.pair(null));
  const answers = gatherAnswers();
  answers.put(fleetQuery(), await readFleet(ctx, { principal: person }));
  return (
    <HydratedPage answers={answers.end()}>
      <PairScreen code={typeof code === "string" ? code : ""} outcome={outcome} />
    </HydratedPage>
  );
}
