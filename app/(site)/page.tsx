import { FleetScreen } from "@/components/fleet/fleet-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { gatherAnswers } from "@/lib/client/initial-data";
import { fleetQuery } from "@/lib/client/queries";
import { authorizePerson } from "@/lib/server/http/authorize-page";
import { readFleet } from "@/lib/server/services/fleet";

export default async function FleetPage() {
  const { ctx, person } = await authorizePerson("fleet:read");
  const answers = gatherAnswers();
  answers.put(fleetQuery(), await readFleet(ctx, { principal: person }));
  return (
    <HydratedPage answers={answers.end()}>
      <FleetScreen />
    </HydratedPage>
  );
}
