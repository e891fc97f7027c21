import { describe, expect, it } from "vitest";

import { day } from "@/lib/domain/instant";
import { hashServiceToken } from "@/lib/server/access/secret-token";

import { engines } from "../db/testing/engines";
import { openTestStore } from "../db/testing/history-file";

import { addToken, listTokens, revokeToken } from "./manage-tokens";

const now = Date.UTC(2026, 10, 26, 14, 2);
const reading = { scope: "read", lifetime: "month" };

describe.each(engines)("service tokens from the command line on $engine", ({ newDatabase }) => {
  it("are made, listed and revoked, audited", async () => {
    const store = await openTestStore(await newDatabase());
    expect(await listTokens(store, now)).toBe("No service tokens.");
    const { value } = await addToken(store, { name: "ci", orgs: "acme,globex", ...reading }, now);
    await addToken(store, { name: "prometheus", scope: "metrics", lifetime: "year" }, now);
    const found = await store.serviceTokens.find(hashServiceToken(value) ?? "", now);
    expect(found?.orgs).toEqual(["acme", "globex"]);
    await store.serviceTokens.noteUse(found?.id ?? "", now);
    expect((await listTokens(store, now + 31 * day)).split("\n")).toEqual([
      "ci          read of acme, globex; last used 2026-11-26; expired 2026-12-26; made by command line",
      "prometheus  metrics; never used; expires 2027-11-26; made by command line",
    ]);
    expect(await revokeToken(store, "ci", now)).toContain("ci was revoked");
    expect(await store.serviceTokens.find(hashServiceToken(value) ?? "", now)).toBeNull();
    await expect(revokeToken(store, "ci", now)).rejects.toThrow("no token is named ci");
    const audited = await store.audit.list({ limit: 9, before: null });
    expect(audited.map(({ actor, action, about }) => `${actor}: ${action}: ${about}`)).toEqual([
      "command line: revoked a service token: ci",
      "command line: made a service token: prometheus, metrics",
      "command line: made a service token: ci, read of acme, globex",
    ]);
  });

  it.each([
    [{ name: "a b", ...reading }, /without spaces/],
    [{ name: "a", ...reading, scope: "write" }, /scopes/],
    [{ name: "a", ...reading, scope: "metrics", orgs: "acme" }, /cannot be limited/],
  ])("are refused: %j", async (typed, reason) => {
    const store = await openTestStore(await newDatabase());
    await expect(addToken(store, typed, now)).rejects.toThrow(reason);
    expect(await store.serviceTokens.list()).toEqual([]);
  });
});
