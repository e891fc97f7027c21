import type { inQuery } from "./openapi-query";
import type { components } from "./openapi-schemas";

type SchemaName = keyof typeof components;
type QueryName = keyof typeof inQuery;
type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** One operation of the API; the parameters of its path follow from the path. */
export type ApiRoute = {
  summary: string;
  query?: readonly QueryName[];
  /** Requires a guest link's token as bearer. */
  isShared?: true;
  body?: SchemaName;
  answer: SchemaName | "text/csv" | "text/markdown";
};

/** Every operation of `/api/v1`, for its OpenAPI document. Sessions and passes of screens travel as cookies; service tokens as bearer. */
export const apiRoutes: Readonly<Record<`${Method} /api/v1/${string}`, ApiRoute>> = {
  "GET /api/v1/endpoints": {
    summary: "Lists every watched endpoint, and says what the watcher is doing.",
    query: ["since"],
    answer: "FleetView",
  },
  "GET /api/v1/endpoints/{endpointId}": {
    summary: "Reads the current state of one endpoint.",
    answer: "EndpointView",
  },
  "GET /api/v1/endpoints/{endpointId}/rollouts": {
    summary: "Lists past and present rollouts, newest first.",
    query: ["limit", "cursor"],
    answer: "RolloutList",
  },
  "GET /api/v1/endpoints/{endpointId}/rollouts/{deploymentId}": {
    summary:
      "Reads one rollout with its gaps, the points that a chart can show, and its newest transitions; series.csv has every point.",
    query: ["since"],
    answer: "RolloutDetail",
  },
  "GET /api/v1/endpoints/{endpointId}/rollouts/{deploymentId}/traffic": {
    summary: "Reads what callers felt before, during and after one rollout, from the Metrics API.",
    answer: "RolloutTraffic",
  },
  "GET /api/v1/endpoints/{endpointId}/rollouts/{deploymentId}/series.csv": {
    summary: "Reads the timeline of one rollout as CSV: every watched stretch, and every gap with its cause.",
    answer: "text/csv",
  },
  "GET /api/v1/endpoints/{endpointId}/rollouts/{deploymentId}/receipt.md": {
    summary:
      "Reads one rollout as a few lines of Markdown, to paste into a pull request or an incident note.",
    answer: "text/markdown",
  },
  "GET /api/v1/endpoints/{endpointId}/rollouts/{deploymentId}/acknowledgement": {
    summary: "Says whether the failure of a rollout has been acknowledged.",
    answer: "Acknowledged",
  },
  "POST /api/v1/endpoints/{endpointId}/rollouts/{deploymentId}/acknowledgement": {
    summary: "Acknowledges the failure of the current rollout: wall screens then show it small.",
    answer: "Acknowledged",
  },
  "DELETE /api/v1/endpoints/{endpointId}/rollouts/{deploymentId}/acknowledgement": {
    summary: "Removes an acknowledgement.",
    answer: "Acknowledged",
  },
  "GET /api/v1/endpoints/{endpointId}/events": {
    summary: "Lists the newest events, newest first.",
    answer: "EventList",
  },
  "GET /api/v1/endpoints/{endpointId}/wait": {
    summary: "Waits until it is known how a rollout ends, and answers at once if it is over already.",
    query: ["goal", "deployment", "timeout"],
    answer: "WaitView",
  },
  "POST /api/v1/endpoints/{endpointId}/refresh": {
    summary:
      "Has the endpoint polled as soon as the request budget allows, and says when. Also for service tokens.",
    answer: "RefreshView",
  },
  "GET /api/v1/events": {
    summary: "Lists what was recorded about all endpoints, oldest first, from a moment or a cursor on.",
    query: ["from", "before", "endpoint", "organization", "kind", "limit", "cursor"],
    answer: "FleetEventList",
  },
  "GET /api/v1/endpoints/{endpointId}/mute": {
    summary: "Says whether notifications about an endpoint are muted, until when, and who muted them.",
    answer: "Muted",
  },
  "POST /api/v1/endpoints/{endpointId}/mute": {
    summary: "Mutes notifications about an endpoint for a while, on every channel.",
    body: "MuteRequest",
    answer: "Muted",
  },
  "DELETE /api/v1/endpoints/{endpointId}/mute": {
    summary: "Ends a mute. What was muted meanwhile stays unsent.",
    answer: "Muted",
  },
  "GET /api/v1/endpoints/{endpointId}/raw": {
    summary: "Reads the last raw reply, and lists its fields that Rollcall does not read.",
    answer: "RawReply",
  },
  "GET /api/v1/endpoints/{endpointId}/links": {
    summary: "Lists the valid guest links of an endpoint, newest first.",
    answer: "GuestLinkList",
  },
  "POST /api/v1/endpoints/{endpointId}/links": {
    summary: "Creates a guest link. Only this response contains its address.",
    body: "GuestLinkRequest",
    answer: "NewGuestLink",
  },
  "DELETE /api/v1/links/{linkId}": {
    summary: "Revokes a guest link: its next request fails.",
    answer: "Revocation",
  },
  "POST /api/v1/sign-in": {
    summary: "Signs in with a password, and replaces it if `newPassword` is given.",
    body: "SignInRequest",
    answer: "SignInAnswer",
  },
  "POST /api/v1/sign-out": { summary: "Ends the session of the requesting browser.", answer: "Ending" },
  "GET /api/v1/sessions": {
    summary: "Lists your sessions; for administrators, everyone’s.",
    answer: "SessionList",
  },
  "DELETE /api/v1/sessions": { summary: "Ends all of your sessions, including this one.", answer: "Ending" },
  "DELETE /api/v1/sessions/{sessionId}": {
    summary: "Ends one session: its next request fails.",
    answer: "Ending",
  },
  "GET /api/v1/diagnostics": {
    summary: "Counts the diagnostics that fail or have a warning. For administrators.",
    answer: "CheckCounts",
  },
  "GET /api/v1/audit": {
    summary: "Lists changes to access, newest first. For administrators.",
    query: ["cursor"],
    answer: "AuditList",
  },
  "GET /api/v1/people": {
    summary: "Lists accounts, and people of an identity provider who are signed in. For administrators.",
    answer: "People",
  },
  "POST /api/v1/people": {
    summary: "Invites a person with a one-time link, which only this response contains. For administrators.",
    body: "InvitationRequest",
    answer: "Invitation",
  },
  "PATCH /api/v1/people/{name}": {
    summary: "Changes what a person may see and do, from their next request on. For administrators.",
    body: "AccessChange",
    answer: "ChangedPerson",
  },
  "DELETE /api/v1/people/{name}": {
    summary: "Removes an account with its sessions, screens and guest links. For administrators.",
    answer: "RemovedPerson",
  },
  "POST /api/v1/people/{name}/invitation": {
    summary: "Makes a new one-time link; the former password stops working. For administrators.",
    answer: "Invitation",
  },
  "GET /api/v1/notifications": {
    summary: "Lists channels with their rules, and the newest notifications. For administrators.",
    answer: "NotificationList",
  },
  "POST /api/v1/notifications/{notificationId}/{channel}/again": {
    summary: "Sends a notification again that failed or was muted. For administrators.",
    answer: "SentAgain",
  },
  "POST /api/v1/channels/{channel}/test": {
    summary: "Sends a test message to a channel. For administrators.",
    answer: "ChannelTest",
  },
  "GET /api/v1/tokens": {
    summary: "Lists service tokens, also expired ones. For administrators.",
    answer: "ServiceTokenList",
  },
  "POST /api/v1/tokens": {
    summary: "Creates a service token. Only this response contains its value. For administrators.",
    body: "ServiceTokenRequest",
    answer: "NewServiceToken",
  },
  "DELETE /api/v1/tokens/{tokenId}": {
    summary: "Revokes a service token: its next request fails. For administrators.",
    answer: "Revocation",
  },
  "POST /api/v1/pairings": {
    summary: "Returns a code for a screen to show until someone who is signed in approves it.",
    answer: "Pairing",
  },
  "POST /api/v1/pairings/claim": {
    summary: "Says whether the requesting screen was approved; its pass then travels as a cookie.",
    answer: "Claim",
  },
  "GET /api/v1/screens": {
    summary: "Lists the screens that you approved; for administrators, all screens.",
    answer: "ScreenList",
  },
  "POST /api/v1/screens": {
    summary: "Approves the screen that shows a code.",
    body: "ScreenRequest",
    answer: "ChangedScreen",
  },
  "PATCH /api/v1/screens/{screenId}": {
    summary: "Renames a screen, or changes what it shows.",
    body: "ScreenChange",
    answer: "ChangedScreen",
  },
  "DELETE /api/v1/screens/{screenId}": {
    summary: "Revokes a screen’s pass: its next request fails.",
    answer: "Revocation",
  },
  "POST /api/v1/screens/{screenId}/identify": {
    summary: "Asks a screen to show its own name for 10 s.",
    answer: "ScreenCommanded",
  },
  "POST /api/v1/screens/{screenId}/reload": {
    summary: "Asks a screen to load its page again.",
    answer: "ScreenCommanded",
  },
  "POST /api/v1/screens/{screenId}/restore": {
    summary: "Undoes a revocation within 20 s: the screen’s pass works again.",
    answer: "ChangedScreen",
  },
  "GET /api/v1/screen": { summary: "Reads what the requesting screen should show.", answer: "OwnScreen" },
  "GET /api/v1/shared": {
    summary: "Reads the current state of the endpoint that a guest link opens.",
    isShared: true,
    answer: "EndpointView",
  },
  "GET /api/v1/shared/rollouts/{deploymentId}": {
    summary: "Reads one rollout of the endpoint that a guest link opens.",
    isShared: true,
    answer: "RolloutDetail",
  },
  "GET /api/v1/shared/rollouts/{deploymentId}/traffic": {
    summary: "Reads what callers felt of one rollout of the endpoint that a guest link opens.",
    isShared: true,
    answer: "RolloutTraffic",
  },
  "GET /api/v1/shared/events": {
    summary: "Lists the newest events of the endpoint that a guest link opens.",
    isShared: true,
    answer: "EventList",
  },
};
