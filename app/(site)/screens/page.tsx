import { OpenScreens, ScreensScreen } from "@/components/access/screens-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { gatherAnswers } from "@/lib/client/initial-data";
import { fleetQuery, screensQuery } from "@/lib/client/queries";
import { pagePaths } from "@/lib/contract/paths";
import { authorizePerson } from "@/lib/server/http/authorize-page";
import { readFormOutcome } from "@/lib/server/http/form";
import { ifReadable } from "@/lib/server/services/errors";
import { readFleet } from "@/lib/server/services/fleet";
import { readScreens } from "@/lib/server/services/screens";

export default async function ScreensPage() {
  const { ctx, person } = await authorizePerson("screen:list");
  const answers = gatherAnswers();
  if (ctx.settings.access.kind === "open") {
    answers.put(fleetQuery(), await readFleet(ctx, { principal: person }));
    return (
      <HydratedPage answers={answers.end()}>
        <OpenScreens role={person.role} demoSignIn={ctx.settings.demoSignIn?.href ?? null} />
      </HydratedPage>
    );
  }
  const outcome = await readFormOutcome(ctx, pagePaths.screens);
  const screens = await ifReadable(readScreens(ctx, person));
  if (screens !== null) answers.put(screensQuery(), screens);
  return (
    <HydratedPage answers={answers.end()}>
      <ScreensScreen outcome={outcome} />
    </HydratedPage>
  );
}
