import { describe, expect, it } from "vitest";

import { isLoopbackHost } from "./loopback";

describe("isLoopbackHost", () => {
  it.each([
    "localhost",
    "LOCALHOST",
    "rollcall.localhost",
    "127.0.0.1",
    "127.255.255.254",
    "::1",
    "[::1]",
    "0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1",
  ])("knows %s", (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each([
    "",
    "0.0.0.0",
    "::",
    "[::]",
    "128.0.0.1",
    "126.255.255.255",
    "10.0.0.1",
    "::2",
    "::ffff:10.0.0.1",
    "localhost.example.com",
    "notlocalhost",
    "127.0.0.1.example.com",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "fe80::1",
    "example.com",
  ])("does not take %j for this machine", (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});
