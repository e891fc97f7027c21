import { PeopleScreen } from "@/components/access/people-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { gatherAnswers } from "@/lib/client/initial-data";
import { peopleQuery } from "@/lib/client/queries";
import { pagePaths } from "@/lib/contract/paths";
import { authorizePerson } from "@/lib/server/http/authorize-page";
import { readFormOutcome } from "@/lib/server/http/form";
import { ifReadable } from "@/lib/server/services/errors";
import { readPeople } from "@/lib/server/services/people-list";

export default async function PeoplePage() {
  const { ctx, person } = await authorizePerson("people:manage");
  const outcome = await readFormOutcome(ctx, pagePaths.people);
  const answers = gatherAnswers();
  const people = await ifReadable(readPeople(ctx, person));
  if (people !== null) answers.put(peopleQuery(), people);
  return (
    <HydratedPage answers={answers.end()}>
      <PeopleScreen outcome={outcome} demoSignIn={ctx.settings.demoSignIn?.href ?? null} />
    </HydratedPage>
  );
}
