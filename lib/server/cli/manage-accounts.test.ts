import { describe, expect, it } from "vitest";

import { day, minute } from "@/lib/domain/instant";

import { engines } from "../db/testing/engines";
import { openTestStore } from "../db/testing/history-file";

import { addAccount, changeRole, listAccounts, removeAccount, resetAccount } from "./manage-accounts";

const now = Date.UTC(2026, 10, 26, 14, 2);
const account = {
  passwordHash: "h",
  isOneTime: false,
  oneTimeUntil: null,
  role: "viewer" as const,
  orgs: null,
};
const displaySettings = { endpointIds: null, theme: "auto", rotateSeconds: null, night: true } as const;
const provider = { kind: "provider" as const, provider: "oidc", address: null, values: { group: ["ops"] } };

describe.each(engines)("accounts from the command line on $engine", ({ newDatabase }) => {
  it("are listed with their role and organizations", async () => {
    const store = await openTestStore(await newDatabase());
    expect(await listAccounts(store)).toBe("No accounts with a password.");
    await store.accounts.add({ ...account, name: "grace", role: "administrator" }, now);
    await store.accounts.add({ ...account, name: "ada", orgs: ["acme"], isOneTime: true }, now);
    await store.accounts.add({ ...account, name: "eve", role: "administrator", orgs: ["acme"] }, now);
    expect((await listAccounts(store)).split("\n")).toEqual([
      "ada    viewer, only acme, has not chosen a password yet",
      "eve    viewer, only acme",
      "grace  administrator, all organizations",
    ]);
  });

  it("are added, changed and reset, each with an entry in the audit log", async () => {
    const store = await openTestStore(await newDatabase());
    const made = await addAccount(store, { name: " Ada", role: "viewer", orgs: "acme,acme" }, now);
    expect(made.about).toBe("ada, viewer of acme");
    await expect(addAccount(store, { name: "ada", role: "viewer" }, now)).rejects.toThrow(
      "ada has an account",
    );
    const session = { id: "s", subject: "password:ada", account: "ada", browser: null };
    const identity = { kind: "password" as const, role: "viewer" as const, orgs: ["acme"] };
    const times = { createdAt: now, lastSeenAt: now, expiresAt: now + day };
    await store.sessions.add({ ...session, identity, ...times }, "s ada");
    expect(await changeRole(store, { name: "ada", role: "administrator" }, now)).toBe(
      "Changed: ada, administrator.",
    );
    expect((await store.sessions.find("s ada", now))?.identity).toMatchObject({
      role: "administrator",
      orgs: null,
    });
    const before = await store.accounts.find("ada");
    expect(await resetAccount(store, "ada", now)).not.toBe(made.password);
    expect((await store.accounts.find("ada"))?.passwordHash).not.toBe(before?.passwordHash);
    expect(await store.accounts.find("ada")).toMatchObject({ role: "administrator", isOneTime: true });
    expect(await store.sessions.find("s ada", now)).toBeNull();
    expect(await changeRole(store, { name: "ada", role: "viewer" }, now)).toContain("No administrator");
    await removeAccount(store, "ada", now);
    const audited = await store.audit.list({ limit: 9, before: null });
    expect(audited.map(({ actor, action, about }) => `${actor}: ${action}: ${about}`).reverse()).toEqual([
      "command line: added a person: ada, viewer of acme",
      "command line: changed a person’s access: ada, administrator",
      "command line: reset a password: ada, administrator",
      "command line: changed a person’s access: ada, viewer",
      "command line: removed a person: ada",
    ]);
  });

  it("that do not exist, or words that are invalid, change nothing", async () => {
    const store = await openTestStore(await newDatabase());
    await expect(changeRole(store, { name: "bob", role: "viewer" }, now)).rejects.toThrow("no account");
    await expect(resetAccount(store, "bob", now)).rejects.toThrow("no account is named bob");
    await expect(addAccount(store, { name: "a/b", role: "viewer" }, now)).rejects.toThrow("without spaces");
    const limited = { name: "bob", role: "administrator", orgs: "acme" };
    await expect(addAccount(store, limited, now)).rejects.toThrow("cannot be limited to acme");
    expect(await store.accounts.list()).toEqual([]);
    expect(await store.audit.list({ limit: 9, before: null })).toEqual([]);
  });

  it("are removed with their sessions, screens and guest links, and no one else's", async () => {
    const store = await openTestStore(await newDatabase());
    for (const name of ["ada", "eve"]) {
      const subject = `password:${name}`;
      await store.accounts.add({ ...account, name, role: "administrator" }, now);
      const session = { id: name, subject, account: name, browser: null, createdAt: now, lastSeenAt: now };
      const identity = { kind: "password" as const, role: "viewer" as const, orgs: null };
      await store.sessions.add({ ...session, identity, expiresAt: now + day }, `s ${name}`);
      await store.screens.beginPairing({ deviceHash: name, codeHash: name, expiresAt: now + minute }, now);
      const screen = { id: name, name, displaySettings, orgs: null, approvedBy: subject, approver: name };
      const times = { createdAt: now, lastSeenAt: null, expiresAt: now + day };
      const asked = { identifiedAt: null, reloadedAt: null };
      await store.screens.approve(name, { ...screen, ...times, ...asked, approverIdentity: null }, now);
      await store.guestLinks.add(
        {
          ...{ id: name, endpointId: "acme-a", name, createdAt: now, expiresAt: now + day },
          ...{ lastUsedAt: null, madeBy: subject, makerIdentity: null },
        },
        `l ${name}`,
      );
    }
    await expect(removeAccount(store, "bob", now)).rejects.toThrow("no account is named bob");
    expect(await removeAccount(store, " Ada", now)).toBe(
      "ada was removed. Sessions ended: 1, screens revoked: 1, guest links closed: 1.",
    );
    expect(await store.sessions.find("s ada", now)).toBeNull();
    expect(await store.guestLinks.find("l ada", now)).toBeNull();
    expect((await store.screens.list(null, now)).map(({ id }) => id)).toEqual(["eve"]);
    expect(await store.sessions.find("s eve", now)).not.toBeNull();
    expect(await store.guestLinks.find("l eve", now)).not.toBeNull();
    expect(await removeAccount(store, "eve", now)).toContain("No administrator with a password is left");
  });

  it("of an identity provider leave their latest identity on what they approved", async () => {
    const store = await openTestStore(await newDatabase());
    await store.guestLinks.add(
      {
        ...{ id: "l", endpointId: "acme-a", name: "l", createdAt: now, expiresAt: now + day },
        ...{ lastUsedAt: null, madeBy: "oidc:x:1", makerIdentity: null },
      },
      "l",
    );
    await store.screens.beginPairing({ deviceHash: "d", codeHash: "c", expiresAt: now + minute }, now);
    const screen = {
      id: "k",
      name: "k",
      displaySettings,
      orgs: null,
      approvedBy: "oidc:x:1",
      approver: "ada",
    };
    const times = { createdAt: now, lastSeenAt: null, expiresAt: now + day };
    const asked = { identifiedAt: null, reloadedAt: null };
    await store.screens.approve("c", { ...screen, ...times, ...asked, approverIdentity: provider }, now);
    expect((await store.screens.read("k"))?.approverIdentity).toEqual(provider);
    const next = { ...provider, values: { group: [] } };
    await store.screens.noteApprover("oidc:x:1", next);
    await store.guestLinks.noteMaker("oidc:x:1", next);
    expect((await store.screens.read("k"))?.approverIdentity).toEqual(next);
    expect((await store.guestLinks.find("l", now))?.makerIdentity).toEqual(next);
  });
});
