import { notFound } from "next/navigation";
import type { ReactNode } from "react";

import { HydratedPage } from "@/components/site/hydrated-page";
import type { ApiScope } from "@/lib/client/api-scope";
import { gatherAnswers, type InitialData } from "@/lib/client/initial-data";
import { endpointQuery, rolloutQuery, rolloutsPerPage, rolloutsQuery } from "@/lib/client/queries";
import { isEndpointId } from "@/lib/domain/endpoint-id";
import type { Context } from "@/lib/server/context";
import { readEndpoint } from "@/lib/server/services/endpoints";
import { ifReadable, orNotFound, orUnreadable } from "@/lib/server/services/errors";
import { readRollout } from "@/lib/server/services/rollout-detail";
import { readRollouts } from "@/lib/server/services/rollouts";

import { putLastDone, putTraffic } from "../../read-initial-data";

export type RolloutPageProps = {
  ctx: Context;
  endpointId: string;
  apiScope: ApiScope;
  deploymentId: string;
  /** The rollout that it is compared with, from the page's address. */
  comparedWith: string | string[] | undefined;
  children: ReactNode;
};

/** The page of one rollout, for people who are signed in and through a guest link. */
export async function RolloutPage({ children, ...props }: RolloutPageProps) {
  const answers = await readInitialData(props);
  if (answers === null) notFound();
  return <HydratedPage answers={answers}>{children}</HydratedPage>;
}

/**
 * The page's initial data; null if there is no such endpoint or rollout. While history is unavailable, a rollout that
 * is not in memory is left out, and the page says so.
 */
async function readInitialData(props: Omit<RolloutPageProps, "children">): Promise<InitialData | null> {
  const { ctx, endpointId, apiScope, deploymentId, comparedWith } = props;
  if (!isEndpointId(endpointId)) return null;
  const answers = gatherAnswers();
  const endpoint = await orNotFound(() => readEndpoint(ctx, { endpointId }));
  const rollout = await orUnreadable(orNotFound(() => readRollout(ctx, { endpointId, deploymentId })));
  if (endpoint === null || rollout === null) return null;
  answers.put(endpointQuery(apiScope), endpoint);
  if (rollout !== "unreadable") answers.put(rolloutQuery(apiScope, deploymentId), rollout);
  if (endpoint.body.hasTraffic === true && rollout !== "unreadable")
    await putTraffic(ctx, apiScope, answers, { endpointId, deploymentId });
  if (comparedWith === undefined && rollout !== "unreadable")
    await putLastDone(ctx, apiScope, answers, rollout.body);
  if (typeof comparedWith === "string" && comparedWith !== "") {
    const other = await ifReadable(
      orNotFound(() => readRollout(ctx, { endpointId, deploymentId: comparedWith })),
    );
    if (other !== null) answers.put(rolloutQuery(apiScope, comparedWith), other);
  }
  const rollouts =
    apiScope.token === null
      ? await ifReadable(readRollouts(ctx, { endpointId, limit: rolloutsPerPage, cursor: null }))
      : null;
  if (rollouts !== null) answers.put(rolloutsQuery(endpointId, null), rollouts);
  return answers.end();
}
