import { describe, expect, it } from "vitest";

import { day } from "@/lib/domain/instant";

import { openDatabase } from "./open-database";
import { pruneAccess } from "./prune-access";
import { engines } from "./testing/engines";
import { firstObservation } from "./testing/entries";
import { openTestStore } from "./testing/history-file";

const now = 1_000 * day;
const retention = { audit: 400 * day, links: 90 * day, screens: 60 * day };

describe.each(engines)("rows of access on $engine", ({ newDatabase }) => {
  it("are deleted when they are no longer needed, and not before", async () => {
    const address = await newDatabase();
    const store = await openTestStore(address);
    const db = openDatabase(address);
    const old = now - retention.audit - 1;
    const entry = { actor: "admin", action: "sign-in", about: "x" };
    await db
      .insertInto("audit")
      .values(Array.from({ length: 1_200 }, () => ({ ...entry, at: old })))
      .execute();
    await store.audit.add({ ...entry, at: now - day });
    await db
      .insertInto("attempt")
      .values([
        { key: "k", slot: 0, at: now - 2 * day },
        { key: "k", slot: 1, at: now },
      ])
      .execute();
    const link = { endpoint_id: "acme", name: "n", created_at: 0, revoked_at: null, last_used_at: null };
    await db
      .insertInto("guest_link")
      .values([
        { ...link, id: "over", token_hash: "a", expires_at: now - retention.links - 1 },
        { ...link, id: "just", token_hash: "b", expires_at: now - day },
        { ...link, id: "revoked", token_hash: "c", expires_at: now + day, revoked_at: 1 },
      ])
      .execute();
    const token = { scopes: "[]", orgs: null, made_by: "ada", created_at: 0, last_used_at: null };
    await db
      .insertInto("service_token")
      .values([
        { ...token, id: "over", name: "over", token_hash: "d", expires_at: now - retention.links - 1 },
        { ...token, id: "just", name: "just", token_hash: "e", expires_at: now - day },
      ])
      .execute();
    const settings = { endpointIds: null, theme: "auto", rotateSeconds: null, night: true } as const;
    for (const [id, expiresAt] of [
      ["over", now - retention.screens - 1],
      ["just", now - day],
    ] as const) {
      await store.screens.beginPairing({ deviceHash: id, codeHash: id, expiresAt: now + day }, now);
      const screen = { id, name: id, displaySettings: settings, orgs: null, approvedBy: "x", approver: "x" };
      const times = { createdAt: now, lastSeenAt: null, expiresAt, identifiedAt: null, reloadedAt: null };
      await store.screens.approve(id, { ...screen, ...times, approverIdentity: null }, now);
    }
    await store.write([firstObservation(1_000)]);
    const seen = { endpoint_id: "acme", deployment_id: "d1", account: null, at: 1_000 };
    await db
      .insertInto("acknowledgement")
      .values([seen, { ...seen, endpoint_id: "other" }])
      .execute();
    await store.endpointMutes.put({ endpointId: "over", until: now - 1, by: "ada" });
    await store.endpointMutes.put({ endpointId: "acme", until: now + 1, by: "ada" });
    let pruned = 0;
    for (let rows = 1; rows > 0; pruned += rows) rows = await pruneAccess(db, now, retention);
    expect(pruned).toBe(1_200 + 1 + 2 + 1 + 1 + 1 + 1);
    expect(await store.audit.list({ limit: 9, before: null })).toHaveLength(1);
    expect((await db.selectFrom("attempt").select("slot").execute()).map(({ slot }) => slot)).toEqual([1]);
    expect((await db.selectFrom("guest_link").select("id").execute()).map(({ id }) => id)).toEqual(["just"]);
    expect((await db.selectFrom("screen").select("id").execute()).map(({ id }) => id)).toEqual(["just"]);
    expect((await store.serviceTokens.list()).map(({ name }) => name)).toEqual(["just"]);
    expect((await store.acknowledgements.list()).map(({ endpointId }) => endpointId)).toEqual(["acme"]);
    expect((await store.endpointMutes.list(0)).map(({ endpointId }) => endpointId)).toEqual(["acme"]);
    await db.destroy();
  });
});
