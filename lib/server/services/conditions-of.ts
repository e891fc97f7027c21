import "server-only";

import { toConditions, type Condition } from "@/lib/domain/condition";
import { toTrack, type EndpointPicture } from "@/lib/server/watch/endpoint-memory";

/**
 * What is concluded about each rollout of an endpoint as of the last good observation, by deployment: the one
 * source for every list in which a rollout stands. A rollout that the picture no longer holds has ended, and none.
 */
export function toConditionsByDeployment(
  picture: EndpointPicture | null,
): ReadonlyMap<string, readonly Condition[]> {
  if (picture === null) return new Map();
  const { rollouts, span } = picture;
  const tracks = rollouts.map((rollout) => toTrack(rollout, span));
  return new Map(tracks.map((track) => [track.deploymentId, toConditions(track, tracks, span.until)]));
}
