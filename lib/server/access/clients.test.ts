import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseTrustedProxies } from "@/lib/server/config/network";

import { readCookie, writeCookie, writeFrameableCookie } from "./cookies";
import { peerHeader, toPeerAddress, toClientAddress } from "./client-address";

const loopback = new URL("http://localhost:3000");
const secure = new URL("https://rollcall.example");

describe("a cookie", () => {
  it("is bound to https, host and root under https", () => {
    expect(writeCookie("session", "t", { publicUrl: secure, lifetime: 60_000 })).toBe(
      "__Host-rollcall-session=t; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax",
    );
    expect(writeCookie("screen", "t", { publicUrl: loopback, lifetime: 60_000 })).toBe(
      "rollcall-screen=t; Max-Age=60; Path=/; HttpOnly; SameSite=Lax",
    );
  });

  it("is bound to https and the path under which Rollcall is served", () => {
    const publicUrl = new URL("https://tools.example/rollcall");
    const written = writeCookie("session", "t", { publicUrl, lifetime: 60_000 });
    expect(written).toBe(
      "__Secure-rollcall-session=t; Max-Age=60; Path=/rollcall; HttpOnly; Secure; SameSite=Lax",
    );
    expect(readCookie("__Secure-rollcall-session=t", "session", publicUrl)).toBe("t");
    expect(readCookie("__Host-rollcall-session=t", "session", publicUrl)).toBeNull();
  });

  const frameable = (isFramed: boolean, publicUrl = secure) =>
    writeFrameableCookie("screen", "t", { publicUrl, lifetime: 60_000, isFramed });

  it("is partitioned for a frame, and replaces a plain one", () => {
    expect(frameable(true)).toEqual([
      "__Host-rollcall-screen=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
      "__Host-rollcall-screen=t; Max-Age=60; Path=/; HttpOnly; Secure; Partitioned; SameSite=None",
    ]);
  });

  it("is plain without framing, and replaces a partitioned one from when framing was allowed", () => {
    expect(frameable(false)).toEqual([
      "__Host-rollcall-screen=; Max-Age=0; Path=/; HttpOnly; Secure; Partitioned; SameSite=None",
      "__Host-rollcall-screen=t; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax",
    ]);
  });

  it("is never partitioned over plain http", () => {
    expect(frameable(true, loopback)).toEqual(frameable(false, loopback));
    expect(frameable(true, loopback)).toEqual([expect.not.stringContaining("Partitioned")]);
  });

  it("is deleted by an empty one", () => {
    expect(writeCookie("session", "", { publicUrl: loopback, lifetime: 60_000 })).toContain("Max-Age=0");
  });

  it.each([
    ["rollcall-session=abc", loopback, "abc"],
    ["a=b; rollcall-session=abc; c=d", loopback, "abc"],
    ["rollcall-session-more=abc", loopback, null],
    ["xrollcall-session=abc", loopback, null],
    ["__Host-rollcall-session=abc", secure, "abc"],
    ["rollcall-session=abc", secure, null],
    [null, loopback, null],
    ["", loopback, null],
  ])("is read from %j at %s as %j", (header, publicUrl, expected) => {
    expect(readCookie(header, "session", publicUrl)).toBe(expected);
  });
});

describe("a client's address", () => {
  const proxies = parseTrustedProxies(["10.0.0.0/8", "::1", "2001:db8:ff::/48"]);
  const ask = (peer: string, forwarded: string | null) =>
    new Headers({ [peerHeader]: peer, ...(forwarded === null ? {} : { "x-forwarded-for": forwarded }) });

  it.each([
    ["10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["10.0.0.1", "203.0.113.9:51234", "203.0.113.9"],
    ["10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"],
    ["10.0.0.1", "198.51.100.1, 203.0.113.9, 10.2.3.4", "203.0.113.9"],
    ["10.0.0.1", "203.0.113.9, 10.2.3.4:8080", "203.0.113.9"],
    ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["::1", "2001:db8::1", "2001:db8::/64"],
    ["::1", "[2001:db8::2]:51234", "2001:db8::/64"],
    ["2001:db8:ff::7", "2001:db8:1:2::3", "2001:db8:1:2::/64"],
    ["10.0.0.1", null, "10.0.0.1"],
    ["10.0.0.1", "garbage", "10.0.0.1"],
    ["10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"],
  ])("behind %s with %j is %s", (peer, forwarded, expected) => {
    expect(toClientAddress(ask(peer, forwarded), proxies)?.near).toBe(expected);
  });

  it("is unknown if no proxy is trusted", () => {
    expect(toClientAddress(ask("127.0.0.1", "203.0.113.9"), null)).toBeNull();
    expect(toPeerAddress(ask("127.0.0.1", "203.0.113.9"))).toEqual({ near: "127.0.0.1", wide: null });
  });

  it("does not depend on anything before the first untrusted hop", () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (claimed, real) => {
        fc.pre(!real.startsWith("10.") && !/[^\t\x20-\x7e]/.test(claimed));
        expect(toClientAddress(ask("10.0.0.1", `${claimed}, ${real}`), proxies)?.near).toBe(real);
      }),
    );
  });

  it.each(["10.0.0.0/33", "10.0.0.0/x", "10.0.0", "proxy", "::/129", "10.0.0.1/8/8"])(
    "%s is no proxy",
    (entry) => {
      expect(parseTrustedProxies([entry])).toBeNull();
    },
  );
});
