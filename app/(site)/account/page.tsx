import { notFound } from "next/navigation";

import { AccountScreen } from "@/components/access/account-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { gatherAnswers } from "@/lib/client/initial-data";
import { sessionsQuery } from "@/lib/client/queries";
import { pagePaths } from "@/lib/contract/paths";
import { authorizePerson } from "@/lib/server/http/authorize-page";
import { readFormOutcome } from "@/lib/server/http/form";
import { ifReadable } from "@/lib/server/services/errors";
import { readAccount } from "@/lib/server/services/accounts";
import { readSessions } from "@/lib/server/services/sessions";

export default async function AccountPage() {
  const { ctx, person } = await authorizePerson("session:read");
  const account = readAccount(person);
  if (account === null) notFound();
  const outcome = await readFormOutcome(ctx, pagePaths.account);
  const answers = gatherAnswers();
  const sessions = await ifReadable(readSessions(ctx, person));
  if (sessions !== null) answers.put(sessionsQuery(), sessions);
  return (
    <HydratedPage answers={answers.end()}>
      <AccountScreen account={account} outcome={outcome} />
    </HydratedPage>
  );
}
