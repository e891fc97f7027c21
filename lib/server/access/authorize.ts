import "server-only";

import type { Principal } from "./principal";

/** The facts about an endpoint that decide who can see it. A null `org`: its organization is unknown. */
export type WatchedEndpoint = { endpointId: string; org: string | null };

/** Every action, and the object that it is about. */
export type ActionObjects = {
  /** Pages and answers with nothing private in them. */
  "public:read": null;
  /** Starting a sign-in or the pairing of a screen. */
  "public:enter": null;
  "fleet:read": null;
  /** To read the events of all endpoints that one may see. */
  "events:read": null;
  /** To appear in a list. */
  "endpoint:list": WatchedEndpoint;
  "endpoint:read": WatchedEndpoint;
  "endpoint:inspect": WatchedEndpoint;
  "endpoint:share": WatchedEndpoint;
  "endpoint:acknowledge": WatchedEndpoint;
  /** To have it polled early. */
  "endpoint:refresh": WatchedEndpoint;
  /** To mute notifications about it. */
  "endpoint:mute": WatchedEndpoint;
  "shared:read": null;
  "diagnostics:read": null;
  /** `isOpen`: the settings open metrics to where the request came from. */
  "metrics:read": { isOpen: boolean };
  /** `isPublic`: the settings open the badge of this endpoint to everyone. */
  "badge:read": WatchedEndpoint & { isPublic: boolean };
  "audit:read": null;
  /** To see, invite, change and remove people. */
  "people:manage": null;
  /** To see, make and revoke service tokens. */
  "token:manage": null;
  /** To see where notifications go, test channels, and send again. */
  "notifications:manage": null;
  "session:read": null;
  /** To read the sessions of all users. */
  "session:read-all": null;
  "session:end": { subject: string };
  "screen:pair": null;
  "screen:list": null;
  "screen:manage": { approvedBy: string };
  "screen:show": null;
  /** To steer the demo's simulator. */
  "demo:steer": null;
};

export type Action = keyof ActionObjects;
/** Actions without an object. */
export type SiteAction = { [A in Action]: ActionObjects[A] extends null ? A : never }[Action];
/** Actions about one endpoint. */
export type EndpointAction = Extract<Action, `endpoint:${string}`>;

const anyone = () => true;
const person = (principal: Principal) => principal.kind === "person";
const isReader = (principal: Principal) => principal.kind === "token" && principal.scopes.includes("read");
/** These show names of all organizations, so an administrator limited to some does not qualify. */
const administrator = (principal: Principal) =>
  principal.kind === "person" && principal.role === "administrator" && principal.orgs === null;

const rules: { [A in Action]: (principal: Principal, object: ActionObjects[A]) => boolean } = {
  "public:read": anyone,
  "public:enter": anyone,
  "fleet:read": (principal) =>
    principal.kind === "person" || principal.kind === "screen" || isReader(principal),
  "events:read": (principal) => person(principal) || isReader(principal),
  "endpoint:list": (principal, endpoint) => principal.kind !== "guest" && seesEndpoint(principal, endpoint),
  "endpoint:read": (principal, endpoint) => principal.kind !== "screen" && seesEndpoint(principal, endpoint),
  "endpoint:inspect": (principal, endpoint) => person(principal) && seesEndpoint(principal, endpoint),
  "endpoint:share": (principal, endpoint) => person(principal) && seesEndpoint(principal, endpoint),
  "endpoint:acknowledge": (principal, endpoint) => person(principal) && seesEndpoint(principal, endpoint),
  "endpoint:refresh": (principal, endpoint) =>
    (person(principal) || isReader(principal)) && seesEndpoint(principal, endpoint),
  "endpoint:mute": (principal, endpoint) => person(principal) && seesEndpoint(principal, endpoint),
  "shared:read": (principal) => principal.kind === "guest",
  "diagnostics:read": administrator,
  "metrics:read": (principal, { isOpen }) =>
    isOpen ||
    administrator(principal) ||
    (principal.kind === "token" && principal.scopes.includes("metrics")),
  "badge:read": (principal, { org, isPublic }) =>
    isPublic ||
    (principal.kind === "token" && principal.scopes.includes("badge") && isOf(principal.orgs, org)),
  "audit:read": administrator,
  "people:manage": administrator,
  "token:manage": administrator,
  "notifications:manage": administrator,
  "session:read": person,
  "session:read-all": administrator,
  "session:end": (principal, { subject }) =>
    administrator(principal) || (principal.kind === "person" && principal.subject === subject),
  "screen:pair": person,
  "screen:list": person,
  "screen:manage": (principal, { approvedBy }) =>
    administrator(principal) || (principal.kind === "person" && principal.subject === approvedBy),
  "screen:show": (principal) => principal.kind === "screen",
  "demo:steer": administrator,
};

/** Every action that a rule names. */
export const actions: readonly string[] = Object.keys(rules);

/** The only place that decides who may do what. Every route and page calls it. An action without a rule is denied. */
export function authorize<A extends Action>(
  principal: Principal,
  action: A,
  object: ActionObjects[A],
): boolean {
  return Object.hasOwn(rules, action) && rules[action](principal, object);
}

function seesEndpoint(principal: Principal, { endpointId, org }: WatchedEndpoint): boolean {
  switch (principal.kind) {
    case "anonymous":
      return false;
    case "guest":
      return principal.endpointId === endpointId;
    case "person":
      return isOf(principal.orgs, org);
    case "token":
      return isReader(principal) && isOf(principal.orgs, org);
    case "screen":
      return isOf(principal.orgs, org) && (principal.endpointIds?.includes(endpointId) ?? true);
  }
}

/** A principal that is limited to organizations cannot see endpoints whose organization is unknown. */
function isOf(orgs: readonly string[] | null, org: string | null): boolean {
  return orgs === null || (org !== null && orgs.includes(org));
}
