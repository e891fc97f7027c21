import { gatherAnswers, type InitialData } from "@/lib/client/initial-data";
import {
  endedRolloutQuery,
  endpointQuery,
  eventsQuery,
  rolloutQuery,
  rolloutsPerPage,
  rolloutsQuery,
} from "@/lib/client/queries";
import { muteQuery } from "@/lib/client/mute-query";
import { trafficQuery } from "@/lib/client/traffic-query";
import type { ApiScope } from "@/lib/client/api-scope";
import { currentRollout, featuredRollouts } from "@/lib/contract/current-rollout";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { isEndpointId } from "@/lib/domain/endpoint-id";
import type { Context } from "@/lib/server/context";
import { readEndpoint } from "@/lib/server/services/endpoints";
import { ifReadable, orNotFound } from "@/lib/server/services/errors";
import { readEvents } from "@/lib/server/services/events";
import { hasChannels, readMuted } from "@/lib/server/services/mutes";
import { readRollout } from "@/lib/server/services/rollout-detail";
import { readTraffic } from "@/lib/server/services/traffic";
import { readRollouts } from "@/lib/server/services/rollouts";

/** The initial data of the endpoint's page, as far as it can be read; null if there is no such endpoint. */
export async function readInitialData(
  ctx: Context,
  endpointId: string,
  apiScope: ApiScope,
): Promise<InitialData | null> {
  if (!isEndpointId(endpointId)) return null;
  const answers = gatherAnswers();
  const endpoint = await orNotFound(() => readEndpoint(ctx, { endpointId }));
  if (endpoint === null) return null;
  answers.put(endpointQuery(apiScope), endpoint);
  const current = currentRollout(endpoint.body);
  for (const { deploymentId } of featuredRollouts(endpoint.body)) {
    const rollout = await ifReadable(orNotFound(() => readRollout(ctx, { endpointId, deploymentId })));
    if (rollout === null) continue;
    answers.put(rolloutQuery(apiScope, deploymentId), rollout);
    if (deploymentId === current?.deploymentId) await putLastDone(ctx, apiScope, answers, rollout.body);
  }
  if (endpoint.body.hasTraffic === true && current !== null)
    await putTraffic(ctx, apiScope, answers, { endpointId, deploymentId: current.deploymentId });
  const rollouts =
    apiScope.token === null
      ? await ifReadable(readRollouts(ctx, { endpointId, limit: rolloutsPerPage, cursor: null }))
      : null;
  if (rollouts !== null) answers.put(rolloutsQuery(endpointId, null), rollouts);
  const events = await ifReadable(readEvents(ctx, { endpointId }));
  if (events !== null) answers.put(eventsQuery(apiScope), events);
  const muted =
    apiScope.token === null && hasChannels(ctx) ? await ifReadable(readMuted(ctx, { endpointId })) : null;
  if (muted !== null) answers.put(muteQuery(endpointId), muted);
  return answers.end();
}

/** The last success, which the chart compares with. */
export async function putLastDone(
  ctx: Context,
  apiScope: ApiScope,
  answers: ReturnType<typeof gatherAnswers>,
  { endpointId, lastDone }: RolloutDetail,
): Promise<void> {
  if (lastDone === null) return;
  const { deploymentId } = lastDone;
  const rollout = await ifReadable(orNotFound(() => readRollout(ctx, { endpointId, deploymentId })));
  if (rollout !== null) answers.put(endedRolloutQuery(apiScope, deploymentId), rollout);
}

/** What callers felt of a rollout. */
export async function putTraffic(
  ctx: Context,
  apiScope: ApiScope,
  answers: ReturnType<typeof gatherAnswers>,
  rollout: { endpointId: string; deploymentId: string },
): Promise<void> {
  const traffic = await ifReadable(orNotFound(() => readTraffic(ctx, rollout)));
  if (traffic !== null) answers.put(trafficQuery(apiScope, rollout.deploymentId), traffic);
}
