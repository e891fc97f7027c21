import { A, type AccessStage, type CurrentUser } from "./access-stage";

/** One request: its path, its body, and whether it needs a new session because it ends one. */
type Request = { path: string; body?: object; needsNewSession?: boolean };
/**
 * For anonymous, viewer, administrator, outsider, guest A, guest B and screen, then for the service tokens: one that
 * reads acme, one that reads globex, one for metrics, and one for badges of acme, which usually may as little.
 */
type Statuses = readonly [
  ...[number, number, number, number, number, number, number],
  ...[number, number, number],
  number?,
];
type Row = {
  /** The status for each of `CALLERS`, in their order. */
  statuses: Statuses;
  ask: (stage: AccessStage, client: CurrentUser) => Request | Promise<Request>;
};

const everyone = [200, 200, 200, 200, 200, 200, 200, 200, 200, 200] as const;
const noOne = [404, 404, 404, 404, 404, 404, 404, 404, 404, 404] as const;
/** About one endpoint: 404 for those who must not know that it exists. */
const ofEndpoint = [401, 200, 200, 404, 401, 401, 404, 200, 404, 404] as const;
/** The same for what programs may not read or change, which they need not know either. */
const ofEndpointForPeople = [401, 200, 200, 404, 401, 401, 404, 404, 404, 404] as const;
const ofPeople = [401, 200, 200, 200, 401, 401, 403, 403, 403, 403] as const;
/** About something that the viewer created: 404 for another user. */
const ofViewer = [401, 200, 200, 404, 401, 401, 403, 403, 403, 403] as const;
const ofAdministrators = [401, 403, 200, 403, 401, 401, 403, 403, 403, 403] as const;
const pageOfEndpoint = [307, 200, 200, 404, 307, 307, 404, 307, 307, 307] as const;
const pageOfPeople = [307, 200, 200, 200, 307, 307, 404, 307, 307, 307] as const;
const pageOfAdministrators = [307, 404, 200, 404, 307, 307, 404, 307, 307, 307] as const;

const at =
  (path: string): Row["ask"] =>
  () => ({ path });
const ofA = (rest = ""): Row["ask"] => at(`/api/v1/endpoints/${A}${rest}`);
const ofRollout =
  (rest = ""): Row["ask"] =>
  async (stage) => ({ path: `/api/v1/endpoints/${A}/rollouts/${await stage.currentRollout()}${rest}` });

/** A token opens its own endpoint for its holder and nothing for anyone else. */
const ofShare =
  (rest = ""): Row["ask"] =>
  (stage, client) => ({ path: `/share/${stage.tokens[client] ?? "A".repeat(43)}${rest}` });

/**
 * Every route and page × every kind of caller. The tests fail for a route that is missing here, and for a row without a
 * route.
 */
export const ACCESS_TABLE: Readonly<Record<string, Row>> = {
  "PAGE /": { statuses: pageOfPeople, ask: at("/") },
  "PAGE /account": { statuses: pageOfPeople, ask: at("/account") },
  "PAGE /audit": { statuses: pageOfAdministrators, ask: at("/audit") },
  "PAGE /doctor": { statuses: pageOfAdministrators, ask: at("/doctor") },
  "PAGE /endpoints/[endpointId]": { statuses: pageOfEndpoint, ask: at(`/endpoints/${A}`) },
  "PAGE /endpoints/[endpointId]/rollouts/[deploymentId]": {
    statuses: pageOfEndpoint,
    ask: async (stage) => ({ path: `/endpoints/${A}/rollouts/${await stage.currentRollout()}` }),
  },
  "PAGE /people": { statuses: pageOfAdministrators, ask: at("/people") },
  "PAGE /pair": { statuses: pageOfPeople, ask: at("/pair") },
  "PAGE /screens": { statuses: pageOfPeople, ask: at("/screens") },
  "PAGE /share/[token]": { statuses: [404, 404, 404, 404, 200, 200, 404, 404, 404, 404], ask: ofShare() },
  "PAGE /share/[token]/rollouts/[deploymentId]": {
    // Of endpoint A: the other guest's link knows nothing of it.
    statuses: [404, 404, 404, 404, 200, 404, 404, 404, 404, 404],
    ask: async (stage, client) => ({
      path: `/share/${stage.tokens[client] ?? "A".repeat(43)}/rollouts/${await stage.currentRollout()}`,
    }),
  },
  "PAGE /sign-in": { statuses: [200, 307, 307, 307, 200, 200, 200, 200, 200, 200], ask: at("/sign-in") },
  "PAGE /notifications": { statuses: pageOfAdministrators, ask: at("/notifications") },
  "PAGE /tokens": { statuses: pageOfAdministrators, ask: at("/tokens") },
  "PAGE /wall": { statuses: everyone, ask: at("/wall") },

  "GET /share/[token]/preview.png": {
    statuses: [404, 404, 404, 404, 200, 200, 404, 404, 404, 404],
    ask: ofShare("/preview.png"),
  },
  "GET /share/[token]/rollouts/[deploymentId]/preview.png": {
    // Of endpoint A: the other guest's link knows nothing of it.
    statuses: [404, 404, 404, 404, 200, 404, 404, 404, 404, 404],
    ask: async (stage, client) => ({
      path: `/share/${stage.tokens[client] ?? "A".repeat(43)}/rollouts/${await stage.currentRollout()}/preview.png`,
    }),
  },
  // Only under open access.
  "GET /endpoints/[endpointId]/preview.png": { statuses: noOne, ask: at(`/endpoints/${A}/preview.png`) },
  "GET /endpoints/[endpointId]/rollouts/[deploymentId]/preview.png": {
    statuses: noOne,
    ask: async (stage) => ({ path: `/endpoints/${A}/rollouts/${await stage.currentRollout()}/preview.png` }),
  },

  "GET /api/auth/[...nextauth]": { statuses: noOne, ask: at("/api/auth/session") },
  "POST /api/auth/[...nextauth]": { statuses: noOne, ask: at("/api/auth/signin/oidc") },

  // Only the demo has it.
  "POST /api/demo/[step]": { statuses: noOne, ask: at("/api/demo/deploy") },

  "GET /api/v1/diagnostics": { statuses: ofAdministrators, ask: at("/api/v1/diagnostics") },
  "GET /api/v1/audit": { statuses: ofAdministrators, ask: at("/api/v1/audit") },
  "GET /api/v1/endpoints": {
    statuses: [401, 200, 200, 200, 401, 401, 200, 200, 200, 403],
    ask: at("/api/v1/endpoints"),
  },
  "GET /api/v1/endpoints/[endpointId]": { statuses: ofEndpoint, ask: ofA() },
  "GET /api/v1/endpoints/[endpointId]/events": { statuses: ofEndpoint, ask: ofA("/events") },
  "GET /api/v1/endpoints/[endpointId]/links": { statuses: ofEndpointForPeople, ask: ofA("/links") },
  "POST /api/v1/endpoints/[endpointId]/links": {
    statuses: ofEndpointForPeople,
    ask: () => ({ path: `/api/v1/endpoints/${A}/links`, body: { name: "x", lifetime: "hour" } }),
  },
  "GET /api/v1/events": {
    statuses: [401, 200, 200, 200, 401, 401, 403, 200, 200, 403],
    ask: at("/api/v1/events"),
  },
  "GET /api/v1/endpoints/[endpointId]/wait": { statuses: ofEndpoint, ask: ofA("/wait?timeout=0s") },
  "POST /api/v1/endpoints/[endpointId]/refresh": { statuses: ofEndpoint, ask: ofA("/refresh") },
  "GET /api/v1/endpoints/[endpointId]/mute": { statuses: ofEndpointForPeople, ask: ofA("/mute") },
  "POST /api/v1/endpoints/[endpointId]/mute": {
    statuses: ofEndpointForPeople,
    ask: () => ({ path: `/api/v1/endpoints/${A}/mute`, body: { minutes: 60 } }),
  },
  "DELETE /api/v1/endpoints/[endpointId]/mute": {
    // The viewer ended the mute before, so that the administrator finds nothing to undo.
    statuses: [401, 200, 404, 404, 401, 401, 404, 404, 404, 404],
    ask: ofA("/mute"),
  },
  "GET /api/v1/endpoints/[endpointId]/raw": { statuses: ofEndpointForPeople, ask: ofA("/raw") },
  "GET /api/v1/endpoints/[endpointId]/rollouts": { statuses: ofEndpoint, ask: ofA("/rollouts") },
  "GET /api/v1/endpoints/[endpointId]/rollouts/[deploymentId]": { statuses: ofEndpoint, ask: ofRollout() },
  "GET /api/v1/endpoints/[endpointId]/rollouts/[deploymentId]/acknowledgement": {
    statuses: ofEndpointForPeople,
    ask: ofRollout("/acknowledgement"),
  },
  "POST /api/v1/endpoints/[endpointId]/rollouts/[deploymentId]/acknowledgement": {
    // The rollout has not failed. Only callers who may acknowledge get that answer.
    statuses: [401, 409, 409, 404, 401, 401, 404, 404, 404, 404],
    ask: ofRollout("/acknowledgement"),
  },
  "DELETE /api/v1/endpoints/[endpointId]/rollouts/[deploymentId]/acknowledgement": {
    // It is not acknowledged, so there is nothing to undo.
    statuses: [401, 404, 404, 404, 401, 401, 404, 404, 404, 404],
    ask: ofRollout("/acknowledgement"),
  },
  "GET /api/v1/endpoints/[endpointId]/rollouts/[deploymentId]/receipt.md": {
    statuses: ofEndpoint,
    ask: ofRollout("/receipt.md"),
  },
  "GET /api/v1/endpoints/[endpointId]/rollouts/[deploymentId]/series.csv": {
    statuses: ofEndpoint,
    ask: ofRollout("/series.csv"),
  },
  "GET /api/v1/endpoints/[endpointId]/rollouts/[deploymentId]/traffic": {
    statuses: ofEndpoint,
    ask: ofRollout("/traffic"),
  },
  "DELETE /api/v1/links/[linkId]": {
    statuses: ofViewer,
    ask: async (stage) => ({ path: `/api/v1/links/${await stage.newLinkId()}` }),
  },
  "GET /api/v1/openapi.json": { statuses: everyone, ask: at("/api/v1/openapi.json") },
  "GET /api/v1/people": { statuses: ofAdministrators, ask: at("/api/v1/people") },
  "POST /api/v1/people": {
    statuses: ofAdministrators,
    ask: () => ({ path: "/api/v1/people", body: { name: "newcomer", role: "viewer", orgs: null } }),
  },
  "PATCH /api/v1/people/[name]": {
    statuses: ofAdministrators,
    ask: async (stage) => ({
      path: `/api/v1/people/${await stage.newPerson()}`,
      body: { role: "viewer", orgs: ["acme"] },
    }),
  },
  "POST /api/v1/people/[name]/invitation": {
    statuses: ofAdministrators,
    ask: async (stage) => ({ path: `/api/v1/people/${await stage.newPerson()}/invitation` }),
  },
  "DELETE /api/v1/people/[name]": {
    statuses: ofAdministrators,
    ask: async (stage) => ({ path: `/api/v1/people/${await stage.newPerson()}` }),
  },
  "POST /api/v1/pairings": { statuses: everyone, ask: at("/api/v1/pairings") },
  "POST /api/v1/pairings/claim": { statuses: everyone, ask: at("/api/v1/pairings/claim") },
  "GET /api/v1/screen": {
    statuses: [401, 403, 403, 403, 401, 401, 200, 403, 403, 403],
    ask: at("/api/v1/screen"),
  },
  "GET /api/v1/screens": { statuses: ofPeople, ask: at("/api/v1/screens") },
  "POST /api/v1/screens": {
    statuses: ofPeople,
    ask: async (stage) => ({ path: "/api/v1/screens", body: await stage.newScreenRequest() }),
  },
  "PATCH /api/v1/screens/[screenId]": {
    statuses: ofViewer,
    ask: (stage) => ({ path: `/api/v1/screens/${stage.screenId}`, body: { name: "Attic" } }),
  },
  "DELETE /api/v1/screens/[screenId]": {
    statuses: ofViewer,
    ask: async (stage) => ({ path: `/api/v1/screens/${await stage.newScreenId()}` }),
  },
  "POST /api/v1/screens/[screenId]/identify": {
    statuses: ofViewer,
    ask: (stage) => ({ path: `/api/v1/screens/${stage.screenId}/identify` }),
  },
  "POST /api/v1/screens/[screenId]/reload": {
    statuses: ofViewer,
    ask: (stage) => ({ path: `/api/v1/screens/${stage.screenId}/reload` }),
  },
  "POST /api/v1/screens/[screenId]/restore": {
    statuses: ofViewer,
    ask: async (stage) => ({ path: `/api/v1/screens/${await stage.revokedScreenId()}/restore` }),
  },
  "GET /api/v1/sessions": { statuses: ofPeople, ask: at("/api/v1/sessions") },
  "DELETE /api/v1/sessions/[sessionId]": {
    statuses: ofViewer,
    ask: async (stage) => ({ path: `/api/v1/sessions/${await stage.newSessionId()}` }),
  },
  "GET /api/v1/shared": {
    statuses: [404, 404, 404, 404, 200, 200, 404, 404, 404, 404],
    ask: at("/api/v1/shared"),
  },
  "GET /api/v1/shared/events": {
    statuses: [404, 404, 404, 404, 200, 200, 404, 404, 404, 404],
    ask: at("/api/v1/shared/events"),
  },
  "GET /api/v1/shared/rollouts/[deploymentId]": {
    // Of endpoint A: the other guest's link knows nothing of it.
    statuses: [404, 404, 404, 404, 200, 404, 404, 404, 404, 404],
    ask: async (stage) => ({ path: `/api/v1/shared/rollouts/${await stage.currentRollout()}` }),
  },
  "GET /api/v1/shared/rollouts/[deploymentId]/traffic": {
    // Of endpoint A: the other guest's link knows nothing of it.
    statuses: [404, 404, 404, 404, 200, 404, 404, 404, 404, 404],
    ask: async (stage) => ({ path: `/api/v1/shared/rollouts/${await stage.currentRollout()}/traffic` }),
  },
  "GET /api/v1/notifications": { statuses: ofAdministrators, ask: at("/api/v1/notifications") },
  "POST /api/v1/notifications/[notificationId]/[channel]/again": {
    // There is nothing to send again.
    statuses: [401, 403, 409, 403, 401, 401, 403, 403, 403, 403],
    ask: at("/api/v1/notifications/msg_none/slack/again"),
  },
  "POST /api/v1/channels/[channel]/test": {
    // The tests set no channel up.
    statuses: [401, 403, 404, 403, 401, 401, 403, 403, 403, 403],
    ask: at("/api/v1/channels/none/test"),
  },
  "GET /api/v1/tokens": { statuses: ofAdministrators, ask: at("/api/v1/tokens") },
  "POST /api/v1/tokens": {
    statuses: ofAdministrators,
    ask: (stage) => ({ path: "/api/v1/tokens", body: stage.newTokenRequest() }),
  },
  "DELETE /api/v1/tokens/[tokenId]": {
    statuses: ofAdministrators,
    ask: async (stage) => ({ path: `/api/v1/tokens/${await stage.newTokenId()}` }),
  },
  "POST /api/v1/sign-in": {
    statuses: [403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
    // Ten guesses at one account are allowed.
    ask: (_, client) => ({
      path: "/api/v1/sign-in",
      body: { account: client.includes("token") ? "none" : "no-such-account", password: "a guess" },
    }),
  },
  "POST /api/v1/sign-out": {
    statuses: everyone,
    ask: () => ({ path: "/api/v1/sign-out", needsNewSession: true }),
  },
  "GET /wall/basic": { statuses: [200, 200, 200, 200, 200, 200, 200, 200, 200, 200], ask: at("/wall/basic") },
  "GET /badge/[file]": {
    // None is public, and those with a session are not asked about.
    statuses: [404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 200],
    ask: at(`/badge/${A}.svg`),
  },
  "GET /livez": { statuses: everyone, ask: at("/livez") },
  "GET /metrics": { statuses: [401, 403, 200, 403, 401, 401, 403, 403, 403, 200, 403], ask: at("/metrics") },
  "GET /readyz": { statuses: everyone, ask: at("/readyz") },

  // Last, because it ends every session of the caller.
  "DELETE /api/v1/sessions": {
    statuses: ofPeople,
    ask: () => ({ path: "/api/v1/sessions" }),
  },
};
