import { describe, expect, it } from "vitest";

import { day } from "@/lib/domain/instant";

import type { GuestLink } from "./guest-links";
import { engines } from "./testing/engines";
import { openTestStore } from "./testing/history-file";

const now = Date.UTC(2026, 10, 23, 14, 2);

function linkOf(id: string, change: Partial<GuestLink> = {}): GuestLink {
  const whole = {
    endpointId: "acme-a",
    name: `for ${id}`,
    createdAt: now,
    expiresAt: now + day,
    lastUsedAt: null,
    madeBy: null,
    makerIdentity: null,
  };
  return { id, ...whole, ...change };
}

describe.each(engines)("guest links on $engine", ({ newDatabase }) => {
  async function open() {
    const { guestLinks } = await openTestStore(await newDatabase());
    return guestLinks;
  }

  it("are found by the hash of their token, and listed by endpoint, newest first", async () => {
    const links = await open();
    const [older, newer] = [linkOf("a"), linkOf("b", { createdAt: now + 1 })];
    await links.add(older, "hash-a");
    await links.add(newer, "hash-b");
    await links.add(linkOf("c", { endpointId: "acme-c" }), "hash-c");
    expect(await links.list("acme-a", now)).toEqual([newer, older]);
    expect(await links.list("acme-a", now, 1)).toEqual([newer]);
    expect(await links.find("hash-a", now)).toEqual(older);
    expect(await links.find("hash", now)).toBeNull();
  });

  it("expire", async () => {
    const links = await open();
    await links.add(linkOf("a"), "hash-a");
    expect(await links.find("hash-a", now + day - 1)).not.toBeNull();
    expect(await links.find("hash-a", now + day)).toBeNull();
    expect(await links.list("acme-a", now + day)).toEqual([]);
  });

  it("are revoked once", async () => {
    const links = await open();
    await links.add(linkOf("a"), "hash-a");
    expect(await links.revoke("a", now)).toBe(true);
    expect(await links.revoke("a", now)).toBe(false);
    expect(await links.revoke("b", now)).toBe(false);
    expect(await links.find("hash-a", now)).toBeNull();
    expect(await links.list("acme-a", now)).toEqual([]);
  });

  it("record their last use", async () => {
    const links = await open();
    await links.add(linkOf("a"), "hash-a");
    await links.noteUse("a", now + 5);
    expect(await links.find("hash-a", now)).toMatchObject({ lastUsedAt: now + 5 });
  });

  it("never share a token", async () => {
    const links = await open();
    await links.add(linkOf("a"), "hash");
    await expect(links.add(linkOf("b"), "hash")).rejects.toThrow();
  });
});
