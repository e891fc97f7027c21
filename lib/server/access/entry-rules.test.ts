import { describe, expect, it } from "vitest";

import { parseEntryRule, type EntryRule } from "@/lib/server/config/entry-rule";

import { toAccountName, toClaims, toGrant } from "./entry-rules";

function rulesOf(texts: readonly string[]): EntryRule[] {
  return texts.flatMap((text) => parseEntryRule(text) ?? []);
}

const rules = (viewers: readonly string[], administrators: readonly string[] = []) => ({
  viewer: rulesOf(viewers),
  administrator: rulesOf(administrators),
});

const ada = { sub: "1", email: "Ada@Example.com", email_verified: true, groups: ["research", "ops"] };

function grantOf(profile: object, viewers: readonly string[], administrators: readonly string[] = []) {
  const all = rules(viewers, administrators);
  return toGrant(toClaims({ ...profile }, "groups", all), all);
}

describe("an entry rule", () => {
  it.each([
    ["*", { kind: "openAccess", orgs: null }],
    ["Ada@Example.com", { kind: "address", address: "ada@example.com", orgs: null }],
    ["@example.com", { kind: "domain", domain: "example.com", orgs: null }],
    ["@example.com in acme", { kind: "domain", domain: "example.com", orgs: ["acme"] }],
    ["@example.com in acme|globex", { kind: "domain", domain: "example.com", orgs: ["acme", "globex"] }],
    ["group:ML platform", { kind: "claim", claim: "group", value: "ML platform", orgs: null }],
    ["claim:department=ml in acme", { kind: "claim", claim: "department", value: "ml", orgs: ["acme"] }],
  ])("%s", (text, expected) => {
    expect(parseEntryRule(text)).toEqual(expected);
  });

  it.each([
    "",
    "example.com",
    "@",
    "@localhost",
    "a@b@c.d",
    "group:",
    "claim:x",
    "claim:=y",
    "* in |",
    "openAccess",
  ])("is not %j", (text) => {
    expect(parseEntryRule(text)).toBeNull();
  });
});

describe("a grant", () => {
  it.each([
    [ada, ["@example.com"], [], { role: "viewer", orgs: null }],
    [ada, ["ada@example.com"], [], { role: "viewer", orgs: null }],
    [ada, ["*"], [], { role: "viewer", orgs: null }],
    [ada, ["group:ops"], [], { role: "viewer", orgs: null }],
    [ada, ["@example.com"], ["group:research"], { role: "administrator", orgs: null }],
    [ada, ["@example.com"], ["group:research in acme"], { role: "viewer", orgs: ["acme"] }],
    [
      ada,
      ["group:ops in acme", "group:research in globex"],
      [],
      { role: "viewer", orgs: ["acme", "globex"] },
    ],
    [ada, ["group:ops in acme", "@example.com"], [], { role: "viewer", orgs: null }],
    [{ ...ada, department: "ml" }, ["claim:department=ml"], [], { role: "viewer", orgs: null }],
    [{ ...ada, level: 7 }, ["claim:level=7"], [], { role: "viewer", orgs: null }],
    [ada, [], [], null],
    [ada, ["@evil.example", "eve@example.com", "group:admins"], [], null],
    [{ ...ada, email: "ada@example.com.evil.example" }, ["@example.com"], [], null],
    [{ ...ada, email: "ada@sub.example.com" }, ["@example.com"], [], null],
    [{ ...ada, email: "ada@evil.example@example.com.evil" }, ["@example.com"], [], null],
    [{ ...ada, email_verified: false }, ["@example.com"], [], null],
    [{ ...ada, email_verified: "false" }, ["ada@example.com"], [], null],
    [{ ...ada, email: undefined }, ["@example.com"], [], null],
    [{ ...ada, email: ["ada@example.com"] }, ["@example.com"], [], null],
    [{ ...ada, groups: "ops,research" }, ["group:ops"], [], null],
    [{ ...ada, groups: [{ name: "ops" }] }, ["group:ops"], [], null],
    [ada, ["claim:constructor=x"], [], null],
  ])("of %j by %j and %j is %j", (profile, viewers, administrators, expected) => {
    expect(grantOf(profile, viewers, administrators)).toEqual(expected);
  });

  it("keeps only the claims that the rules use", () => {
    const all = rules(["group:ops", "claim:department=ml"]);
    const claims = toClaims({ ...ada, department: "ml", phone: "555" }, "groups", all);
    expect(claims.values).toEqual({ group: ["research", "ops"], department: ["ml"] });
    expect(JSON.stringify(claims)).not.toContain("555");
  });
});

it("a user is named by their address, or else by another name from the provider", () => {
  const none = rules([]);
  const nameOf = (profile: object) => toAccountName({ ...profile }, toClaims({ ...profile }, "groups", none));
  expect(nameOf(ada)).toBe("ada@example.com");
  expect(nameOf({ ...ada, email_verified: false, login: "ada" })).toBe("ada");
  expect(nameOf({ sub: "1" })).toBe("1");
  expect(nameOf({})).toBe("unnamed user");
});
