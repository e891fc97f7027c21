import { describe, expect, it } from "vitest";

import { parsePasswordRequest } from "./reset-password";

describe("the password command", () => {
  it.each([
    [["Ada"], { name: "ada", role: null, orgs: null }],
    [["ada", "viewer", "acme,globex"], { name: "ada", role: "viewer", orgs: ["acme", "globex"] }],
    [["ada", "administrator"], { name: "ada", role: "administrator", orgs: null }],
    [["ada", "administrator", ""], { name: "ada", role: "administrator", orgs: null }],
  ])("reads %j", (words, request) => {
    expect(parsePasswordRequest(words)).toEqual(request);
  });

  it.each([
    [[], "NAME is missing"],
    [["ada", "owner"], "owner is not a role"],
    [["eve", "administrator", "acme"], "cannot be limited to acme"],
  ])("refuses %j", (words, reason) => {
    expect(() => parsePasswordRequest(words)).toThrow(reason);
  });
});
