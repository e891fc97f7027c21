import { FleetScreen } from "@/components/fleet/fleet-screen";
import { FirstPicture } from "@/components/site/first-picture";
import { gatherAnswers } from "@/lib/client/first-answers";
import { fleetQuery } from "@/lib/client/queries/fleet";
import { authorizePerson } from "@/lib/server/http/authorize-page";
import { readFleet } from "@/lib/server/services/read-fleet";

export default async function FleetPage() {
  const person = await authorizePerson("fleet:read");
  const answers = gatherAnswers();
  answers.put(fleetQuery(), await readFleet(person));
  return (
    <FirstPicture answers={answers.end()}>
      <FleetScreen />
    </FirstPicture>
  );
}
