import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { AccessSettings } from "@/lib/server/config/access";
import { parseEntryRule } from "@/lib/server/config/entry-rule";

import { intersect, judge } from "./current-grant";

const provider = {
  ...{ id: "oidc" as const, name: "SSO", issuer: new URL("https://sso.example"), groupsClaim: "groups" },
  ...{ clientId: "i", clientSecret: "s", scope: "openid" },
};
const access = (change: Partial<Extract<AccessSettings, { kind: "sign-in" }>> = {}): AccessSettings => ({
  kind: "sign-in",
  hasPasswords: true,
  providers: [provider],
  rules: { viewer: [parseEntryRule("group:ops in acme")].filter((rule) => rule !== null), administrator: [] },
  secret: null,
  trustedProxies: null,
  ...change,
});
const account = (change = {}) => ({
  ...{
    name: "ada",
    passwordHash: "h",
    isOneTime: false,
    oneTimeUntil: null,
    role: "viewer" as const,
    orgs: null,
  },
  ...change,
});
const ops = { kind: "provider" as const, provider: "oidc", address: null, values: { group: ["ops"] } };
const nothing = { identity: null, account: null };

describe("what a person who approved something may do now", () => {
  it.each([
    [
      "their account of today",
      access(),
      "password:ada",
      { ...nothing, account: account() },
      { role: "viewer", orgs: null },
    ],
    [
      "narrowed",
      access(),
      "password:ada",
      { ...nothing, account: account({ orgs: ["acme"] }) },
      { role: "viewer", orgs: ["acme"] },
    ],
    ["an account that was removed", access(), "password:ada", nothing, null],
    [
      "passwords that are off",
      access({ hasPasswords: false }),
      "password:ada",
      { ...nothing, account: account() },
      null,
    ],
    [
      "the rules of today",
      access(),
      "oidc:x:1",
      { ...nothing, identity: ops },
      { role: "viewer", orgs: ["acme"] },
    ],
    [
      "a rule that is gone",
      access({ rules: { viewer: [], administrator: [] } }),
      "oidc:x:1",
      { ...nothing, identity: ops },
      null,
    ],
    ["a provider that is gone", access({ providers: [] }), "oidc:x:1", { ...nothing, identity: ops }, null],
    ["a row from before", access(), "oidc:x:1", nothing, "unknown"],
    ["someone of open access, now that people sign in", access(), "open", nothing, null],
    [
      "anyone, where access is open",
      { kind: "open" as const, role: "viewer" as const, trustedProxies: null },
      "password:gone",
      nothing,
      { role: "viewer", orgs: null },
    ],
  ])("follows %s", (_, settings, subject, known, expected) => {
    expect(judge(settings, subject, known)).toEqual(expected);
  });

  it("never gives a screen more than it was approved for, nor more than the person has", () => {
    const orgs = fc.option(fc.uniqueArray(fc.constantFrom("a", "b", "c")), { nil: null });
    const has = (list: readonly string[] | null, org: string) => list === null || list.includes(org);
    fc.assert(
      fc.property(orgs, orgs, fc.constantFrom("a", "b", "c"), (approved, current, org) => {
        expect(has(intersect(approved, current), org)).toBe(has(approved, org) && has(current, org));
      }),
    );
  });
});
