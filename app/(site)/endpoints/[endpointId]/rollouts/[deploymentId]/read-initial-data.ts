import { gatherAnswers, type InitialData } from "@/lib/client/initial-data";
import { endpointQuery, rolloutQuery, rolloutsPerPage, rolloutsQuery } from "@/lib/client/queries";
import type { ApiScope } from "@/lib/client/api-scope";
import { isEndpointId } from "@/lib/domain/endpoint-id";
import { ifReadable, orUnreadable } from "@/lib/server/services/history-unavailable";
import { readEndpoint } from "@/lib/server/services/read-endpoint";
import { readRollout } from "@/lib/server/services/read-rollout";
import { readRollouts } from "@/lib/server/services/read-rollouts";

/**
 * What the page of one rollout shows at first; null when there is no such endpoint or rollout. While history cannot be
 * read, the page of a rollout that memory does not hold says so.
 */
export async function readInitialData(ids: {
  endpointId: string;
  apiScope: ApiScope;
  deploymentId: string;
  /** The rollout that it is compared with. */
  otherId: string | null;
}): Promise<InitialData | null> {
  const { endpointId, apiScope, deploymentId, otherId } = ids;
  if (!isEndpointId(endpointId)) return null;
  const answers = gatherAnswers();
  const endpoint = await readEndpoint(endpointId);
  const rollout = await orUnreadable(readRollout(endpointId, deploymentId));
  if (endpoint === null || rollout === null) return null;
  answers.put(endpointQuery(apiScope), endpoint);
  if (rollout !== "unreadable") answers.put(rolloutQuery(apiScope, deploymentId), rollout);
  const other = otherId === null ? null : await ifReadable(readRollout(endpointId, otherId));
  if (otherId !== null && other !== null) answers.put(rolloutQuery(apiScope, otherId), other);
  const rollouts =
    apiScope.token === null
      ? await ifReadable(readRollouts(endpointId, { limit: rolloutsPerPage, cursor: null }))
      : null;
  if (rollouts !== null) answers.put(rolloutsQuery(endpointId, null), rollouts);
  return answers.end();
}
