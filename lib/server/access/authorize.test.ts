import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { actions, authorize, type Action, type ActionObjects } from "./authorize";
import { openAccess, anonymous, type Principal } from "./principal";

const here = { endpointId: "acme-a", org: "acme" };
const there = { endpointId: "globex-g", org: "globex" };
const unknown = { endpointId: "acme-u", org: null };

const person = { kind: "person", subject: "password:ada", account: "ada", sessionId: "s" } as const;
const principals = {
  anonymous,
  viewer: { ...person, role: "viewer", orgs: null },
  "acme's viewer": { ...person, role: "viewer", orgs: ["acme"] },
  administrator: { ...person, subject: "password:grace", role: "administrator", orgs: null },
  "acme's administrator": { ...person, subject: "password:grace", role: "administrator", orgs: ["acme"] },
  guest: { kind: "guest", linkId: "l", endpointId: "acme-a" },
  screen: { kind: "screen", screenId: "k", orgs: null, endpointIds: null },
  "acme's screen": { kind: "screen", screenId: "k", orgs: ["acme"], endpointIds: null },
  "screen of one": { kind: "screen", screenId: "k", orgs: null, endpointIds: ["acme-a"] },
  "reading token": { kind: "token", tokenId: "t", scopes: ["read"], orgs: null },
  "acme's token": { kind: "token", tokenId: "t", scopes: ["read"], orgs: ["acme"] },
  "metrics token": { kind: "token", tokenId: "t", scopes: ["metrics"], orgs: null },
  "badge token": { kind: "token", tokenId: "t", scopes: ["badge"], orgs: ["acme"] },
} as const satisfies Record<string, Principal>;

type Name = keyof typeof principals;
const names = Object.keys(principals);
const people: readonly Name[] = ["viewer", "acme's viewer", "administrator", "acme's administrator"];
/** An administrator limited to organizations is a viewer: audit, diagnostics, sessions and screens span all of them. */
const administrators: readonly Name[] = ["administrator"];
const screens: readonly Name[] = ["screen", "acme's screen", "screen of one"];
const readers: readonly Name[] = ["reading token", "acme's token"];
const unlimited: readonly Name[] = ["viewer", "administrator"];

/** Who may do each action; everyone else may not. */
const table: readonly { [A in Action]: readonly [A, ActionObjects[A], readonly string[]] }[Action][] = [
  ["public:read", null, names],
  ["public:enter", null, names],
  ["fleet:read", null, [...people, ...screens, ...readers]],
  ["events:read", null, [...people, ...readers]],
  ["endpoint:list", here, [...people, ...screens, ...readers]],
  ["endpoint:list", there, [...unlimited, "screen", "reading token"]],
  ["endpoint:list", unknown, [...unlimited, "screen", "reading token"]],
  ["endpoint:acknowledge", here, people],
  ["endpoint:acknowledge", there, unlimited],
  ["endpoint:acknowledge", unknown, unlimited],
  ["endpoint:mute", here, people],
  ["endpoint:mute", there, unlimited],
  ["endpoint:mute", unknown, unlimited],
  ["endpoint:read", here, [...people, "guest", ...readers]],
  ["endpoint:read", there, [...unlimited, "reading token"]],
  ["endpoint:read", unknown, [...unlimited, "reading token"]],
  ["endpoint:inspect", here, people],
  ["endpoint:inspect", there, unlimited],
  ["endpoint:share", here, people],
  ["endpoint:share", there, unlimited],
  ["endpoint:share", unknown, unlimited],
  ["endpoint:refresh", here, [...people, ...readers]],
  ["endpoint:refresh", there, [...unlimited, "reading token"]],
  ["endpoint:refresh", unknown, [...unlimited, "reading token"]],
  ["shared:read", null, ["guest"]],
  ["diagnostics:read", null, administrators],
  ["metrics:read", { isOpen: false }, [...administrators, "metrics token"]],
  ["metrics:read", { isOpen: true }, names],
  ["badge:read", { ...here, isPublic: false }, ["badge token"]],
  ["badge:read", { ...there, isPublic: false }, []],
  ["badge:read", { ...there, isPublic: true }, names],
  ["audit:read", null, administrators],
  ["people:manage", null, administrators],
  ["token:manage", null, administrators],
  ["notifications:manage", null, administrators],
  ["session:read", null, people],
  ["session:read-all", null, administrators],
  ["session:end", { subject: "password:ada" }, ["viewer", "acme's viewer", "administrator"]],
  ["session:end", { subject: "password:eve" }, administrators],
  ["screen:pair", null, people],
  ["screen:list", null, people],
  ["screen:manage", { approvedBy: "password:ada" }, ["viewer", "acme's viewer", "administrator"]],
  ["screen:manage", { approvedBy: "password:eve" }, administrators],
  ["screen:show", null, screens],
  ["demo:steer", null, administrators],
];

describe("authorize", () => {
  it.each(table)("%s of %j is for %j", (action, object, allowed) => {
    const found = Object.entries(principals)
      .filter(([, principal]) => authorize<Action>(principal, action, object))
      .map(([name]) => name);
    expect(found.toSorted()).toEqual([...allowed].toSorted());
  });

  it("has a row for every action", () => {
    expect(new Set(table.map(([action]) => action))).toEqual(new Set(actions));
  });

  it("denies actions without a rule", () => {
    fc.assert(
      fc.property(fc.string(), (action) => {
        fc.pre(!table.some(([known]) => known === action));
        // Anything that its type does not allow.
        const ask: (principal: Principal, action: never, object: never) => boolean = authorize;
        const none: (value: unknown) => asserts value is never = () => undefined;
        const [asked, object]: [unknown, unknown] = [action, null];
        none(asked);
        none(object);
        expect(ask(openAccess("administrator"), asked, object)).toBe(false);
      }),
      { examples: [["constructor"], ["__proto__"], ["toString"], [""]] },
    );
  });
});
