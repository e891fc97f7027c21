import { gatherAnswers, type InitialData } from "@/lib/client/initial-data";
import {
  endpointQuery,
  eventsQuery,
  rolloutQuery,
  rolloutsPerPage,
  rolloutsQuery,
} from "@/lib/client/queries";
import type { ApiScope } from "@/lib/client/api-scope";
import { featuredRollouts } from "@/lib/contract/current-rollout";
import { isEndpointId } from "@/lib/domain/endpoint-id";
import { ifReadable } from "@/lib/server/services/history-unavailable";
import { readEndpoint } from "@/lib/server/services/read-endpoint";
import { readEvents } from "@/lib/server/services/read-events";
import { readRollout } from "@/lib/server/services/read-rollout";
import { readRollouts } from "@/lib/server/services/read-rollouts";

/** What the endpoint's page shows at first, as far as it can be read; null when there is no such endpoint. */
export async function readInitialData(endpointId: string, apiScope: ApiScope): Promise<InitialData | null> {
  if (!isEndpointId(endpointId)) return null;
  const answers = gatherAnswers();
  const endpoint = await readEndpoint(endpointId);
  if (endpoint === null) return null;
  answers.put(endpointQuery(apiScope), endpoint);
  for (const { deploymentId } of featuredRollouts(endpoint.body)) {
    const rollout = await ifReadable(readRollout(endpointId, deploymentId));
    if (rollout !== null) answers.put(rolloutQuery(apiScope, deploymentId), rollout);
  }
  const rollouts =
    apiScope.token === null
      ? await ifReadable(readRollouts(endpointId, { limit: rolloutsPerPage, cursor: null }))
      : null;
  if (rollouts !== null) answers.put(rolloutsQuery(endpointId, null), rollouts);
  const events = await ifReadable(readEvents(endpointId));
  if (events !== null) answers.put(eventsQuery(apiScope), events);
  return answers.end();
}
