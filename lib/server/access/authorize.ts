import "server-only";

import type { Principal } from "./principal";

/** What an endpoint is to the question whether somebody may see it. A null org is of no organization in particular. */
export type WatchedEndpoint = { endpointId: string; org: string | null };

/** What may be asked for, and what each is asked about. */
export type ActionObjects = {
  /** Pages and answers that hold nothing of anybody. */
  "public:read": null;
  /** Beginning what makes somebody of a nobody: a sign-in, the pairing of a screen. */
  "public:enter": null;
  "fleet:read": null;
  /** To be one of a list that somebody reads. */
  "endpoint:list": WatchedEndpoint;
  "endpoint:read": WatchedEndpoint;
  "endpoint:inspect": WatchedEndpoint;
  "endpoint:share": WatchedEndpoint;
  "endpoint:acknowledge": WatchedEndpoint;
  "shared:read": null;
  "diagnostics:read": null;
  "audit:read": null;
  "session:read": null;
  /** To read everybody's sessions, not only one's own. */
  "session:read-all": null;
  "session:end": { subject: string };
  "screen:pair": null;
  "screen:list": null;
  "screen:manage": { approvedBy: string };
  "screen:show": null;
};

export type Action = keyof ActionObjects;
/** Actions that are about no thing in particular. */
export type SiteAction = { [A in Action]: ActionObjects[A] extends null ? A : never }[Action];
/** Actions about one endpoint. */
export type EndpointAction = Extract<Action, `endpoint:${string}`>;

const anybody = () => true;
const person = (principal: Principal) => principal.kind === "person";
/** An administrator of some organizations only would read the names of the others in all of these. */
const administrator = (principal: Principal) =>
  principal.kind === "person" && principal.role === "administrator" && principal.orgs === null;

const rules: { [A in Action]: (principal: Principal, object: ActionObjects[A]) => boolean } = {
  "public:read": anybody,
  "public:enter": anybody,
  "fleet:read": (principal) => principal.kind === "person" || principal.kind === "screen",
  "endpoint:list": (principal, endpoint) => principal.kind !== "guest" && seesEndpoint(principal, endpoint),
  "endpoint:read": (principal, endpoint) => principal.kind !== "screen" && seesEndpoint(principal, endpoint),
  "endpoint:inspect": (principal, endpoint) => person(principal) && seesEndpoint(principal, endpoint),
  "endpoint:share": (principal, endpoint) => person(principal) && seesEndpoint(principal, endpoint),
  "endpoint:acknowledge": (principal, endpoint) => person(principal) && seesEndpoint(principal, endpoint),
  "shared:read": (principal) => principal.kind === "guest",
  "diagnostics:read": administrator,
  "audit:read": administrator,
  "session:read": person,
  "session:read-all": administrator,
  "session:end": (principal, { subject }) =>
    administrator(principal) || (principal.kind === "person" && principal.subject === subject),
  "screen:pair": person,
  "screen:list": person,
  "screen:manage": (principal, { approvedBy }) =>
    administrator(principal) || (principal.kind === "person" && principal.subject === approvedBy),
  "screen:show": (principal) => principal.kind === "screen",
};

/** Every action that a rule names. */
export const actions: readonly string[] = Object.keys(rules);

/**
 * Whether somebody may do something to a thing: the one place that says so, asked by every handler and every
 * page. What no rule names is refused.
 */
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
    case "screen":
      return isOf(principal.orgs, org) && (principal.endpointIds?.includes(endpointId) ?? true);
  }
}

/** Whoever is limited to organizations sees nothing whose organization is not known. */
function isOf(orgs: readonly string[] | null, org: string | null): boolean {
  return orgs === null || (org !== null && orgs.includes(org));
}
