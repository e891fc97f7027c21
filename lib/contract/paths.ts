import { basePath } from "./base-path";

/** Every path of the public API and the pages, in one place, with the base path. Ids are encoded here and nowhere else. */
export const apiPaths = {
  endpoints: `${basePath}/api/v1/endpoints`,
  /** Only the endpoints that changed since the response with this ETag. */
  endpointsSince: (etag: string) => `${basePath}/api/v1/endpoints?since=${encodeURIComponent(etag)}`,
  endpoint: (id: string) => `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}`,
  rollouts: (id: string) => `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/rollouts`,
  rolloutPage: (id: string, limit: number, cursor: string | null) =>
    `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/rollouts?limit=${limit}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
  rollout: (id: string, deploymentId: string) =>
    `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}`,
  traffic: (id: string, deploymentId: string) =>
    `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}/traffic`,
  seriesCsv: (id: string, deploymentId: string) =>
    `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}/series.csv`,
  receipt: (id: string, deploymentId: string) =>
    `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}/receipt.md`,
  acknowledgement: (id: string, deploymentId: string) =>
    `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}/acknowledgement`,
  wait: (id: string) => `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/wait`,
  refresh: (id: string) => `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/refresh`,
  events: (id: string) => `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/events`,
  fleetEvents: `${basePath}/api/v1/events`,
  mute: (id: string) => `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/mute`,
  raw: (id: string) => `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/raw`,
  guestLinks: (id: string) => `${basePath}/api/v1/endpoints/${encodeURIComponent(id)}/links`,
  guestLink: (linkId: string) => `${basePath}/api/v1/links/${encodeURIComponent(linkId)}`,
  signIn: `${basePath}/api/v1/sign-in`,
  /** The handshake of next-auth, in several steps below it. */
  identityProviders: `${basePath}/api/auth`,
  signOut: `${basePath}/api/v1/sign-out`,
  sessions: `${basePath}/api/v1/sessions`,
  session: (sessionId: string) => `${basePath}/api/v1/sessions/${encodeURIComponent(sessionId)}`,
  checkCounts: `${basePath}/api/v1/diagnostics`,
  audit: (cursor: string | null) =>
    `${basePath}/api/v1/audit${cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`}`,
  people: `${basePath}/api/v1/people`,
  person: (name: string) => `${basePath}/api/v1/people/${encodeURIComponent(name)}`,
  invitation: (name: string) => `${basePath}/api/v1/people/${encodeURIComponent(name)}/invitation`,
  notifications: `${basePath}/api/v1/notifications`,
  sendAgain: (notificationId: string, channel: string) =>
    `${basePath}/api/v1/notifications/${encodeURIComponent(notificationId)}/${encodeURIComponent(channel)}/again`,
  channelTest: (channel: string) => `${basePath}/api/v1/channels/${encodeURIComponent(channel)}/test`,
  serviceTokens: `${basePath}/api/v1/tokens`,
  serviceToken: (tokenId: string) => `${basePath}/api/v1/tokens/${encodeURIComponent(tokenId)}`,
  pairings: `${basePath}/api/v1/pairings`,
  claim: `${basePath}/api/v1/pairings/claim`,
  screens: `${basePath}/api/v1/screens`,
  screen: (screenId: string) => `${basePath}/api/v1/screens/${encodeURIComponent(screenId)}`,
  identifyScreen: (screenId: string) => `${basePath}/api/v1/screens/${encodeURIComponent(screenId)}/identify`,
  reloadScreen: (screenId: string) => `${basePath}/api/v1/screens/${encodeURIComponent(screenId)}/reload`,
  restoreScreen: (screenId: string) => `${basePath}/api/v1/screens/${encodeURIComponent(screenId)}/restore`,
  ownScreen: `${basePath}/api/v1/screen`,
  openapi: `${basePath}/api/v1/openapi.json`,
} as const;

/** The paths of one endpoint's parts. `raw` is null for guests, who may not read raw replies. */
export type EndpointPaths = {
  view: string;
  rollout: (deploymentId: string) => string;
  traffic: (deploymentId: string) => string;
  events: string;
  raw: string | null;
};

/** The parts of an endpoint for signed-in viewers, by its id. */
export function endpointPaths(id: string): EndpointPaths {
  return {
    view: apiPaths.endpoint(id),
    rollout: (deploymentId) => apiPaths.rollout(id, deploymentId),
    traffic: (deploymentId) => apiPaths.traffic(id, deploymentId),
    events: apiPaths.events(id),
    raw: apiPaths.raw(id),
  };
}

/** The parts of an endpoint through a guest link: its token travels as bearer and identifies the endpoint. */
export const sharedPaths: EndpointPaths = {
  view: `${basePath}/api/v1/shared`,
  rollout: (deploymentId) => `${basePath}/api/v1/shared/rollouts/${encodeURIComponent(deploymentId)}`,
  traffic: (deploymentId) => `${basePath}/api/v1/shared/rollouts/${encodeURIComponent(deploymentId)}/traffic`,
  events: `${basePath}/api/v1/shared/events`,
  raw: null,
};

/** The place of the control on the page of an endpoint. */
export const muteAnchor = "mute";

export const pagePaths = {
  fleet: `${basePath}/`,
  endpoint: (id: string) => `${basePath}/endpoints/${encodeURIComponent(id)}`,
  /** The control that mutes an endpoint. Following the link changes nothing. */
  mute: (id: string) => `${basePath}/endpoints/${encodeURIComponent(id)}#${muteAnchor}`,
  doctor: `${basePath}/doctor`,
  signIn: (to: string | null) =>
    to === null ? `${basePath}/sign-in` : `${basePath}/sign-in?to=${encodeURIComponent(to)}`,
  account: `${basePath}/account`,
  people: `${basePath}/people`,
  notifications: `${basePath}/notifications`,
  tokens: `${basePath}/tokens`,
  /** Where an invited person chooses a password; the secret of the link follows as its fragment. */
  invitation: (name: string) => `${basePath}/sign-in?choose=yes&account=${encodeURIComponent(name)}`,
  screens: `${basePath}/screens`,
  pair: (code: string | null) =>
    code === null ? `${basePath}/pair` : `${basePath}/pair?code=${encodeURIComponent(code)}`,
  audit: `${basePath}/audit`,
  wall: `${basePath}/wall`,
  basicWall: `${basePath}/wall/basic`,
  shared: (token: string) => `${basePath}/share/${encodeURIComponent(token)}`,
  sharedRollout: (token: string, deploymentId: string) =>
    `${basePath}/share/${encodeURIComponent(token)}/rollouts/${encodeURIComponent(deploymentId)}`,
  rollout: (id: string, deploymentId: string) =>
    `${basePath}/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}`,
  /** The page of a rollout at a moment: milliseconds since the epoch. */
  rolloutAt: (id: string, deploymentId: string, at: number) =>
    `${basePath}/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}?at=${new Date(at).toISOString()}`,
  /** The page of a rollout with another one drawn beside it. */
  comparison: (id: string, deploymentId: string, other: string) =>
    `${basePath}/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}?with=${encodeURIComponent(other)}`,
} as const;

/** Headers that change with every poll; both are whole milliseconds, so that clocks need not agree. */
export const pollHeaders = {
  age: "Rollcall-Age",
  nextPollIn: "Rollcall-Next-Poll-In",
} as const;
