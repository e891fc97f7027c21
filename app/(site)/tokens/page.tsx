import { TokensScreen } from "@/components/access/tokens-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { gatherAnswers } from "@/lib/client/initial-data";
import { serviceTokensQuery } from "@/lib/client/service-tokens-query";
import { pagePaths } from "@/lib/contract/paths";
import { authorizePerson } from "@/lib/server/http/authorize-page";
import { readFormOutcome } from "@/lib/server/http/form";
import { ifReadable } from "@/lib/server/services/errors";
import { readServiceTokens } from "@/lib/server/services/service-tokens";

export default async function TokensPage() {
  const { ctx } = await authorizePerson("token:manage");
  const outcome = await readFormOutcome(ctx, pagePaths.tokens);
  const answers = gatherAnswers();
  const tokens = await ifReadable(readServiceTokens(ctx));
  if (tokens !== null) answers.put(serviceTokensQuery(), tokens);
  return (
    <HydratedPage answers={answers.end()}>
      <TokensScreen outcome={outcome} />
    </HydratedPage>
  );
}
