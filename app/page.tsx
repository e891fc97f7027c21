import { FleetScreen } from "@/components/fleet/fleet-screen";
import { FirstPicture } from "@/components/site/first-picture";
import { gatherAnswers } from "@/lib/client/first-answers";
import { fleetQuery } from "@/lib/client/queries/fleet";
import { authorizePage } from "@/lib/server/access/authorize-page";
import { readFleet } from "@/lib/server/services/read-fleet";

export default async function FleetPage() {
  await authorizePage();
  const answers = gatherAnswers();
  answers.put(fleetQuery(), await readFleet());
  return (
    <FirstPicture answers={answers.end()}>
      <FleetScreen />
    </FirstPicture>
  );
}
