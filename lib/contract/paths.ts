/** Every path of the public API and the pages, in one place. Ids are encoded here and nowhere else. */
export const apiPaths = {
  endpoints: "/api/v1/endpoints",
  /** Only the endpoints that changed since the response with this ETag. */
  endpointsSince: (etag: string) => `/api/v1/endpoints?since=${encodeURIComponent(etag)}`,
  endpoint: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}`,
  rollouts: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/rollouts`,
  rolloutPage: (id: string, limit: number, cursor: string | null) =>
    `/api/v1/endpoints/${encodeURIComponent(id)}/rollouts?limit=${limit}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
  rollout: (id: string, deploymentId: string) =>
    `/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}`,
  traffic: (id: string, deploymentId: string) =>
    `/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}/traffic`,
  seriesCsv: (id: string, deploymentId: string) =>
    `/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}/series.csv`,
  receipt: (id: string, deploymentId: string) =>
    `/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}/receipt.md`,
  acknowledgement: (id: string, deploymentId: string) =>
    `/api/v1/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}/acknowledgement`,
  wait: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/wait`,
  refresh: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/refresh`,
  events: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/events`,
  fleetEvents: "/api/v1/events",
  mute: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/mute`,
  raw: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/raw`,
  guestLinks: (id: string) => `/api/v1/endpoints/${encodeURIComponent(id)}/links`,
  guestLink: (linkId: string) => `/api/v1/links/${encodeURIComponent(linkId)}`,
  signIn: "/api/v1/sign-in",
  signOut: "/api/v1/sign-out",
  sessions: "/api/v1/sessions",
  session: (sessionId: string) => `/api/v1/sessions/${encodeURIComponent(sessionId)}`,
  checkCounts: "/api/v1/diagnostics",
  audit: (cursor: string | null) =>
    `/api/v1/audit${cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`}`,
  people: "/api/v1/people",
  person: (name: string) => `/api/v1/people/${encodeURIComponent(name)}`,
  invitation: (name: string) => `/api/v1/people/${encodeURIComponent(name)}/invitation`,
  notifications: "/api/v1/notifications",
  sendAgain: (notificationId: string, channel: string) =>
    `/api/v1/notifications/${encodeURIComponent(notificationId)}/${encodeURIComponent(channel)}/again`,
  channelTest: (channel: string) => `/api/v1/channels/${encodeURIComponent(channel)}/test`,
  serviceTokens: "/api/v1/tokens",
  serviceToken: (tokenId: string) => `/api/v1/tokens/${encodeURIComponent(tokenId)}`,
  pairings: "/api/v1/pairings",
  claim: "/api/v1/pairings/claim",
  screens: "/api/v1/screens",
  screen: (screenId: string) => `/api/v1/screens/${encodeURIComponent(screenId)}`,
  identifyScreen: (screenId: string) => `/api/v1/screens/${encodeURIComponent(screenId)}/identify`,
  reloadScreen: (screenId: string) => `/api/v1/screens/${encodeURIComponent(screenId)}/reload`,
  restoreScreen: (screenId: string) => `/api/v1/screens/${encodeURIComponent(screenId)}/restore`,
  ownScreen: "/api/v1/screen",
  openapi: "/api/v1/openapi.json",
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
  view: "/api/v1/shared",
  rollout: (deploymentId) => `/api/v1/shared/rollouts/${encodeURIComponent(deploymentId)}`,
  traffic: (deploymentId) => `/api/v1/shared/rollouts/${encodeURIComponent(deploymentId)}/traffic`,
  events: "/api/v1/shared/events",
  raw: null,
};

/** The place of the control on the page of an endpoint. */
export const muteAnchor = "mute";

export const pagePaths = {
  fleet: "/",
  endpoint: (id: string) => `/endpoints/${encodeURIComponent(id)}`,
  /** The control that mutes an endpoint. Following the link changes nothing. */
  mute: (id: string) => `/endpoints/${encodeURIComponent(id)}#${muteAnchor}`,
  doctor: "/doctor",
  signIn: (to: string | null) => (to === null ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`),
  account: "/account",
  people: "/people",
  notifications: "/notifications",
  tokens: "/tokens",
  /** Where an invited person chooses a password; the secret of the link follows as its fragment. */
  invitation: (name: string) => `/sign-in?choose=yes&account=${encodeURIComponent(name)}`,
  screens: "/screens",
  pair: (code: string | null) => (code === null ? "/pair" : `/pair?code=${encodeURIComponent(code)}`),
  audit: "/audit",
  wall: "/wall",
  basicWall: "/wall/basic",
  shared: (token: string) => `/share/${encodeURIComponent(token)}`,
  sharedRollout: (token: string, deploymentId: string) =>
    `/share/${encodeURIComponent(token)}/rollouts/${encodeURIComponent(deploymentId)}`,
  rollout: (id: string, deploymentId: string) =>
    `/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}`,
  /** The page of a rollout at a moment: milliseconds since the epoch. */
  rolloutAt: (id: string, deploymentId: string, at: number) =>
    `/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}?at=${new Date(at).toISOString()}`,
  /** The page of a rollout with another one drawn beside it. */
  comparison: (id: string, deploymentId: string, other: string) =>
    `/endpoints/${encodeURIComponent(id)}/rollouts/${encodeURIComponent(deploymentId)}?with=${encodeURIComponent(other)}`,
} as const;

/** Headers that change with every poll; both are whole milliseconds, so that clocks need not agree. */
export const pollHeaders = {
  age: "Rollcall-Age",
  nextPollIn: "Rollcall-Next-Poll-In",
} as const;
