import { describe, expect, it } from "vitest";

import { day } from "@/lib/domain/instant";
import type { Person } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";
import { engines } from "@/lib/server/db/testing/engines";

import { identifyCaller } from "./identify";
import { createServiceToken, readServiceTokens, revokeServiceToken } from "./service-tokens";
import { openTestContext } from "./testing/context";

const ada: Person = {
  ...{ kind: "person", subject: "password:ada", account: "ada" },
  ...{ role: "administrator", orgs: null, sessionId: "s" },
};
const request = { name: "ci", scopes: ["read" as const], orgs: ["acme"], lifetime: "month" as const };
const create = (ctx: Context, change: Partial<Parameters<typeof createServiceToken>[1]["request"]> = {}) =>
  createServiceToken(ctx, { person: ada, request: { ...request, ...change } });
const identified = (ctx: Context, value: string) =>
  identifyCaller(ctx, new Headers({ authorization: `Bearer ${value}` }));

describe.each(engines)("service tokens on $engine", ({ newDatabase }) => {
  it("identify a program until they are revoked, and stand in the audit log", async () => {
    const ctx = await openTestContext(await newDatabase());
    const { token, value } = await create(ctx);
    expect(token.expiresAt - token.createdAt).toBe(30 * day);
    expect(await identified(ctx, value)).toEqual({
      ...{ kind: "token", tokenId: token.id },
      ...{ scopes: ["read"], orgs: ["acme"] },
    });
    expect((await identified(ctx, `${value.slice(0, -1)}!`)).kind).toBe("anonymous");
    await revokeServiceToken(ctx, { person: ada, tokenId: token.id });
    expect((await identified(ctx, value)).kind).toBe("anonymous");
    await expect(revokeServiceToken(ctx, { person: ada, tokenId: token.id })).rejects.toThrow("not found");
    const audited = await ctx.history.audit.list({ limit: 9, before: null });
    expect(audited.map(({ actor, action, about }) => [actor, action, about])).toEqual([
      ["ada", "revoked a service token", "ci"],
      ["ada", "made a service token", "ci, read of acme"],
    ]);
  });

  it("identify no one when they have expired, and stay in the list", async () => {
    const ctx = await openTestContext(await newDatabase());
    const { token, value } = await create(ctx);
    const later: Context = { ...ctx, clock: () => ({ ...ctx.clock(), at: token.expiresAt }) };
    expect((await identified(ctx, value)).kind).toBe("token");
    expect((await identified(later, value)).kind).toBe("anonymous");
    expect((await readServiceTokens(later)).body.tokens.map(({ name }) => name)).toEqual(["ci"]);
  });

  it("say when they were last used, and are stored as a hash alone", async () => {
    const ctx = await openTestContext(await newDatabase());
    const { value } = await create(ctx);
    expect((await readServiceTokens(ctx)).body.tokens[0]?.lastUsedAt).toBeNull();
    const before = ctx.clock().at;
    await identified(ctx, value);
    await expect
      .poll(async () => (await readServiceTokens(ctx)).body.tokens[0]?.lastUsedAt)
      .toBeGreaterThanOrEqual(before);
    expect(JSON.stringify(await ctx.history.serviceTokens.list())).not.toContain(value.slice(-20));
  });

  it("have one name each, known organizations, and metrics of the whole installation", async () => {
    const ctx = await openTestContext(await newDatabase());
    await create(ctx);
    await expect(create(ctx)).rejects.toThrow("There is a token named ci.");
    await expect(create(ctx, { name: "x", orgs: ["globex"] })).rejects.toThrow(
      "no organization named globex",
    );
    await expect(create(ctx, { name: "x", scopes: ["read", "metrics"] })).rejects.toThrow(
      "cannot be limited",
    );
    expect((await readServiceTokens(ctx)).body.tokens).toHaveLength(1);
  });

  it("change nothing under open access", async () => {
    const ctx = await openTestContext(await newDatabase(), {
      ...{ ROLLCALL_ACCESS: "open", ROLLCALL_ALLOW_ANONYMOUS: "yes" },
    });
    expect((await identified(ctx, "rollcall_nothing")).kind).toBe("person");
  });
});
