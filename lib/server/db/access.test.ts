import { describe, expect, it } from "vitest";

import { day, minute } from "@/lib/domain/instant";

import type { Account } from "./accounts";
import type { Screen } from "./screens";
import type { Session } from "./sessions";
import { engines } from "./testing/engines";
import { openTestStore } from "./testing/history-file";

const now = Date.UTC(2026, 10, 24, 14, 2);

const admin: Account = {
  name: "admin",
  passwordHash: "h",
  isOneTime: true,
  oneTimeUntil: null,
  role: "administrator",
  orgs: null,
};

function sessionOf(id: string, change: Partial<Session> = {}): Session {
  return {
    id,
    subject: "password:ada",
    account: "ada",
    identity: { kind: "password", role: "viewer", orgs: ["acme"] },
    browser: null,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + day,
    ...change,
  };
}

function screenOf(id: string, change: Partial<Screen> = {}): Screen {
  return {
    id,
    name: id,
    displaySettings: { endpointIds: ["acme-a"], theme: "dark", rotateSeconds: 20, night: true },
    orgs: ["acme"],
    approvedBy: "password:ada",
    approver: "ada",
    approverIdentity: null,
    createdAt: now,
    lastSeenAt: null,
    expiresAt: now + day,
    ...{ identifiedAt: null, reloadedAt: null },
    ...change,
  };
}

describe.each(engines)("access on $engine", ({ newDatabase }) => {
  const open = async () => openTestStore(await newDatabase());

  it("stores accounts, and adds a name only once", async () => {
    const { accounts } = await open();
    expect(await accounts.isEmpty()).toBe(true);
    expect(
      await Promise.all([accounts.add(admin, now), accounts.add({ ...admin, passwordHash: "i" }, now)]),
    ).toEqual([true, false]);
    expect(await accounts.isEmpty()).toBe(false);
    expect(await accounts.find("admin")).toEqual(admin);
    expect(await accounts.find("Admin")).toBeNull();
    await accounts.put({ ...admin, role: "viewer", orgs: ["acme", "globex"] }, now);
    expect(await accounts.find("admin")).toMatchObject({ role: "viewer", orgs: ["acme", "globex"] });
  });

  it("changes a password only if the former one still holds", async () => {
    const { accounts } = await open();
    await accounts.add(admin, now);
    expect(await accounts.changePassword("admin", "h", "h2", now)).toBe(true);
    expect(await accounts.changePassword("admin", "h", "h3", now)).toBe(false);
    expect(await accounts.find("admin")).toMatchObject({ passwordHash: "h2", isOneTime: false });
  });

  it("finds a session by its token's hash until it expires", async () => {
    const { sessions } = await open();
    const provider = {
      kind: "provider" as const,
      provider: "oidc",
      address: "ada@example.com",
      values: { group: ["a", "b"] },
    };
    await sessions.add(sessionOf("s", { identity: provider, browser: "Firefox" }), "hash");
    expect(await sessions.find("hash", now)).toEqual(
      sessionOf("s", { identity: provider, browser: "Firefox" }),
    );
    expect(await sessions.find("hash", now + day)).toBeNull();
    expect(await sessions.find("other", now)).toBeNull();
    await sessions.noteSeen("s", now + 5, now + 2 * day);
    expect(await sessions.find("hash", now + day)).toMatchObject({ lastSeenAt: now + 5 });
    expect(await sessions.end("s")).toBe(true);
    expect(await sessions.end("s")).toBe(false);
    expect(await sessions.find("hash", now)).toBeNull();
  });

  it("lists the sessions of one user or of all, ends all of one user, and deletes expired ones", async () => {
    const { sessions } = await open();
    await sessions.add(sessionOf("old", { expiresAt: now + 1 }), "h0");
    await sessions.add(sessionOf("a"), "h1");
    await sessions.add(sessionOf("b", { lastSeenAt: now + 1 }), "h2");
    await sessions.add(sessionOf("c", { subject: "password:eve", createdAt: now + 2 }), "h3");
    const ids = (list: Session[]) => list.map(({ id }) => id);
    expect(ids(await sessions.list("password:ada", now + 2))).toEqual(["b", "a"]);
    expect(ids(await sessions.list(null, now + 2))).toEqual(["b", "a", "c"]);
    expect(await sessions.endAllOf("password:ada")).toBe(2);
    expect(ids(await sessions.list(null, now))).toEqual(["c"]);
  });

  it("allows no more attempts in a window than the limit, even concurrently", async () => {
    const { attempts } = await open();
    const limit = { key: "k", most: 10, within: 15 * minute };
    const taken = await Promise.all(Array.from({ length: 60 }, () => attempts.take(limit, now)));
    expect(taken.filter((each) => "slot" in each)).toHaveLength(10);
    expect(taken.filter((each) => "nextAt" in each && each.nextAt === now + 15 * minute)).toHaveLength(50);
    expect(await attempts.take({ ...limit, key: "other" }, now)).toMatchObject({ slot: 0 });
    expect(await attempts.take(limit, now + 15 * minute - 1)).toEqual({ nextAt: now + 15 * minute });
    expect(await attempts.take(limit, now + 15 * minute)).toMatchObject({ slot: 0 });
  });

  it("never exceeds the limit in any stretch of the window's length", async () => {
    const { attempts } = await open();
    const limit = { key: "k", most: 3, within: 100 };
    const allowed: number[] = [];
    for (let at = now; at < now + 1_000; at += 7) {
      const attempt = await attempts.take(limit, at);
      if ("slot" in attempt) allowed.push(at);
    }
    expect(allowed.length).toBeGreaterThan(20);
    for (const from of allowed) {
      expect(allowed.filter((at) => at >= from && at < from + 100).length).toBeLessThanOrEqual(3);
    }
  });

  it("gives an attempt back", async () => {
    const { attempts } = await open();
    const limit = { key: "k", most: 1, within: minute };
    const first = await attempts.take(limit, now);
    expect(await attempts.take(limit, now + 1)).toEqual({ nextAt: now + minute });
    if ("slot" in first) await attempts.giveBack(first);
    expect(await attempts.take(limit, now + 1)).toMatchObject({ slot: 0 });
    await attempts.invalidateAll();
    expect(await attempts.take(limit, now + 2)).toMatchObject({ slot: 0 });
    await attempts.pruneBefore(now + 3);
    expect(await attempts.take(limit, now + 3)).toMatchObject({ slot: 0 });
  });

  it("pairs a screen once, and gives it its pass once", async () => {
    const { screens } = await open();
    await screens.beginPairing({ deviceHash: "d", codeHash: "c", expiresAt: now + minute }, now);
    expect(await screens.claim("d", "p", now)).toEqual({ state: "waiting" });
    expect(await screens.approve("wrong", screenOf("x"), now)).toBe(false);
    expect(await screens.approve("c", screenOf("late"), now + minute)).toBe(false);
    expect(await screens.approve("c", screenOf("k"), now)).toBe(true);
    expect(await screens.approve("c", screenOf("again"), now)).toBe(false);
    expect(await screens.find("p", now)).toBeNull();
    expect(await screens.claim("d", "p", now + 1)).toEqual({
      state: "approved",
      screen: screenOf("k", { lastSeenAt: now + 1 }),
    });
    expect(await screens.claim("d", "q", now + 1)).toEqual({ state: "over" });
    expect(await screens.claim("d", "p", now + 2)).toMatchObject({ state: "approved", screen: { id: "k" } });
    expect(await screens.find("p", now)).toMatchObject({ id: "k", orgs: ["acme"] });
    expect(await screens.find("p", now + day)).toBeNull();
    expect((await screens.list(null, now)).map(({ id }) => id)).toEqual(["k"]);
  });

  it("lists the screens of one user or of all, the newest up to a limit", async () => {
    const { screens } = await open();
    for (const [nth, approvedBy] of ["ada", "eve", "ada", "ada"].entries()) {
      const code = { deviceHash: `d${nth}`, codeHash: `c${nth}`, expiresAt: now + minute };
      await screens.beginPairing(code, now);
      await screens.approve(`c${nth}`, screenOf(`k${nth}`, { approvedBy, createdAt: now + nth }), now);
    }
    const ids = async (...asked: Parameters<typeof screens.list>) =>
      (await screens.list(...asked)).map(({ id }) => id);
    expect(await ids("ada", now)).toEqual(["k3", "k2", "k0"]);
    expect(await ids(null, now, 2)).toEqual(["k3", "k2"]);
  });

  it("keeps one code per device, and only the newest devices up to a limit", async () => {
    const { screens } = await open();
    const begin = (device: number, former: string | null = null) =>
      screens.beginPairing(
        { deviceHash: `d${device}`, codeHash: `c${device}`, expiresAt: now + minute + device },
        now,
        { former, most: 5 },
      );
    await begin(1);
    await begin(2, "d1");
    expect(await screens.claim("d1", "p", now)).toEqual({ state: "over" });
    for (let device = 3; device <= 7; device += 1) await begin(device);
    expect(await screens.claim("d2", "p", now)).toEqual({ state: "over" });
    expect(await screens.claim("d3", "p", now)).toEqual({ state: "waiting" });
    expect(await screens.claim("d7", "p", now)).toEqual({ state: "waiting" });
  });

  it("repeats a pass for a screen that missed the answer, for two minutes", async () => {
    const { screens } = await open();
    await screens.beginPairing({ deviceHash: "d", codeHash: "c", expiresAt: now + 10 * minute }, now);
    await screens.approve("c", screenOf("k"), now);
    const claim = (at: number) => screens.claim("d", "p", at);
    expect(await claim(now)).toMatchObject({ state: "approved" });
    expect(await claim(now + 2 * minute - 1)).toMatchObject({ state: "approved" });
    expect(await claim(now + 2 * minute)).toEqual({ state: "over" });
    expect(await screens.find("p", now)).toMatchObject({ id: "k" });
  });

  it("does not repeat a pass for a revoked screen", async () => {
    const { screens } = await open();
    await screens.beginPairing({ deviceHash: "d", codeHash: "c", expiresAt: now + minute }, now);
    await screens.approve("c", screenOf("k"), now);
    await screens.claim("d", "p", now);
    await screens.revoke("k", now);
    expect(await screens.claim("d", "p", now)).toEqual({ state: "over" });
  });

  it("renames, reconfigures and revokes a screen", async () => {
    const { screens } = await open();
    await screens.beginPairing({ deviceHash: "d", codeHash: "c", expiresAt: now + minute }, now);
    await screens.approve("c", screenOf("k"), now);
    await screens.claim("d", "p", now);
    const displaySettings = { endpointIds: null, theme: "auto", rotateSeconds: null, night: true } as const;
    expect(await screens.change("k", { name: "Hall", displaySettings })).toBe(true);
    expect(await screens.read("k")).toMatchObject({ name: "Hall", displaySettings });
    await screens.noteSeen("k", now + 5, now + 2 * day);
    expect(await screens.find("p", now + day)).toMatchObject({ lastSeenAt: now + 5 });
    expect(await screens.revoke("k", now)).toBe(true);
    expect(await screens.revoke("k", now)).toBe(false);
    expect(await screens.find("p", now)).toBeNull();
    expect(await screens.read("k")).toBeNull();
    expect(await screens.list(null, now)).toEqual([]);
    expect(await screens.change("k", { name: "x" })).toBe(false);
    expect(await screens.command("k", "reload", now)).toBe(false);
  });

  it("restores a revoked screen with the same pass, but only one that was revoked just now", async () => {
    const { screens } = await open();
    await screens.beginPairing({ deviceHash: "d", codeHash: "c", expiresAt: now + minute }, now);
    await screens.approve("c", screenOf("k"), now);
    await screens.claim("d", "p", now);
    expect(await screens.restore("k", now - 1)).toBe(false);
    await screens.revoke("k", now);
    expect(await screens.readRevoked("k", now)).toBeNull();
    expect(await screens.restore("k", now)).toBe(false);
    expect(await screens.readRevoked("k", now - 1)).toMatchObject({ id: "k" });
    expect(await screens.restore("k", now - 1)).toBe(true);
    expect(await screens.find("p", now)).toMatchObject({ id: "k" });
  });

  it("notes when a screen was asked to show its name, and to reload", async () => {
    const { screens } = await open();
    await screens.beginPairing({ deviceHash: "d", codeHash: "c", expiresAt: now + minute }, now);
    await screens.approve("c", screenOf("k"), now);
    expect(await screens.read("k")).toMatchObject({ identifiedAt: null, reloadedAt: null });
    expect(await screens.command("k", "identify", now)).toBe(true);
    expect(await screens.read("k")).toMatchObject({ identifiedAt: now, reloadedAt: null });
    expect(await screens.command("k", "reload", now + 1)).toBe(true);
    expect(await screens.read("k")).toMatchObject({ identifiedAt: now, reloadedAt: now + 1 });
  });

  it("lists the audit log newest first, a page at a time", async () => {
    const { audit } = await open();
    for (const about of ["one", "two", "three"])
      await audit.add({ at: now, actor: "ada", action: "x", about });
    const [newest, middle] = await audit.list({ limit: 2, before: null });
    expect([newest?.about, middle?.about]).toEqual(["three", "two"]);
    expect((await audit.list({ limit: 2, before: middle?.id ?? 0 })).map(({ about }) => about)).toEqual([
      "one",
    ]);
  });

  it("keeps the latest acknowledged failure of each endpoint", async () => {
    const { acknowledgements } = await open();
    const first = { endpointId: "acme-a", deploymentId: "d1", by: "ada", at: now };
    const second = { ...first, deploymentId: "d2", by: null, at: now + 1 };
    await acknowledgements.put(first);
    await acknowledgements.put({ ...first, endpointId: "acme-b" });
    await acknowledgements.put(second);
    expect(await acknowledgements.list()).toEqual([second, { ...first, endpointId: "acme-b" }]);
    expect(await acknowledgements.list(1)).toEqual([second]);
    expect(await acknowledgements.remove("acme-a", "d1")).toBe(false);
    expect(await acknowledgements.remove("acme-a", "d2")).toBe(true);
    expect(await acknowledgements.list()).toHaveLength(1);
  });
});
