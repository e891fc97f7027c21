import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { findProxy, isLoopbackHost, parseIpAddress, toNetworks, upstreamPlace } from "./network";
import { parseSettings } from "./settings";

const written = (text: string) => parseIpAddress(text)?.toString() ?? null;

describe("an address", () => {
  it.each([
    ["203.0.113.8", "203.0.113.8"],
    [" 203.0.113.8 ", "203.0.113.8"],
    ["203.0.113.8:51234", "203.0.113.8"],
    ["::ffff:203.0.113.8", "203.0.113.8"],
    ["::FFFF:cb00:7108", "203.0.113.8"],
    ["[::ffff:203.0.113.8]:443", "203.0.113.8"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:51234", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["[fe80::1%25eth0]:80", "fe80::1"],
    ['"[2001:db8::1]:51234"', "2001:db8::1"],
  ])("%j is %s", (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it.each([
    "",
    "unknown",
    "_hidden",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "1.2.3.4.5",
    "203.0.113.8:",
    "203.0.113.8:port",
    "[203.0.113.8",
    "[2001:db8::1]x",
    "2001:db8::1]",
    "2001:db8:::1",
    "10.0.0.0/8",
    "localhost",
  ])("%j is none", (text) => {
    expect(written(text)).toBeNull();
  });

  it("is the same however it is written", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 1, max: 65_535 }), (address, port) => {
        const forms = [address, `${address}:${port}`, `::ffff:${address}`, `[::ffff:${address}]:${port}`];
        expect(new Set(forms.map(written))).toEqual(new Set([address]));
      }),
    );
  });

  it("never throws, and a parsed address parses to itself", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
        const once = written(text);
        if (once !== null) expect(written(once)).toBe(once);
      }),
    );
  });
});

describe("the networks of an address", () => {
  const of = (text: string) => {
    const address = parseIpAddress(text);
    return address === null ? null : toNetworks(address);
  };

  it.each([
    ["203.0.113.8", { near: "203.0.113.8", wide: null }],
    ["2001:db8:1:2:3:4:5:6", { near: "2001:db8:1:2::/64", wide: "2001:db8:1::/48" }],
    ["::ffff:203.0.113.8", { near: "203.0.113.8", wide: null }],
  ])("%s is counted under %j", (text, expected) => {
    expect(of(text)).toEqual(expected);
  });

  it("are shared by all of a /64, and only by them", () => {
    const part = fc.integer({ min: 0, max: 0xff_ff });
    const parts = fc.tuple(part, part, part, part, part, part, part);
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        // The first part excludes mapped and embedded IPv4 forms.
        const write = (values: readonly number[]) =>
          `2001:${values.map((value) => value.toString(16)).join(":")}`;
        const sibling = [...one.slice(0, 3), ...other.slice(3)];
        expect(of(write(sibling))).toEqual(of(write(one)));
        const isNear = one.slice(0, 3).join(":") === other.slice(0, 3).join(":");
        expect(of(write(one))?.near === of(write(other))?.near).toBe(isNear);
      }),
    );
  });
});

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

const address = new URL("http://proxy.example:3128");
const through = (url: string, ...bypass: string[]) => findProxy(new URL(url), { address, bypass }) !== null;

describe("the proxy", () => {
  it("is used only for https to other machines", () => {
    expect(through("https://api.cerebras.ai/v1")).toBe(true);
    expect(findProxy(new URL("https://api.cerebras.ai"), null)).toBeNull();
    for (const url of [
      "http://api.cerebras.ai",
      "https://localhost:8443",
      "https://127.0.0.1",
      "https://[::1]:9",
    ]) {
      expect(through(url), url).toBe(false);
    }
  });

  it.each([
    ["cerebras.ai", true],
    [".cerebras.ai", true],
    ["*.cerebras.ai", true],
    ["API.cerebras.AI", true],
    ["api.cerebras.ai:443", true],
    ["*", true],
    ["api.cerebras.ai:8443", false],
    ["ebras.ai", false],
    ["ai.example", false],
    ["", false],
  ])("is bypassed where NO_PROXY holds %j: %s", (entry, isBypassed) => {
    expect(through("https://api.cerebras.ai", "other.example", entry)).toBe(!isBypassed);
  });

  it("is named without its credentials", () => {
    const proxy = { address: new URL("http://ada:s3cret@proxy.example:3128"), bypass: [] };
    expect(upstreamPlace(new URL("https://api.cerebras.ai"), proxy)).toBe(
      "api.cerebras.ai (through the proxy proxy.example:3128)",
    );
  });
});

describe("the settings HTTPS_PROXY and NO_PROXY", () => {
  const read = (variables: Record<string, string>) =>
    parseSettings({
      CEREBRAS_MANAGEMENT_API_KEY: "k",
      CEREBRAS_ORG: "acme",
      ROLLCALL_ACCESS: "open",
      ...variables,
    });

  it.each([
    [{}, null],
    [{ HTTPS_PROXY: "http://p:1", NO_PROXY: "a, .b" }, "http://p:1/ a .b"],
    [{ https_proxy: "http://p:1", HTTPS_PROXY: "http://q:1", no_proxy: "a", NO_PROXY: "b" }, "http://p:1/ a"],
    [{ HTTPS_PROXY: "p:3128" }, "http://p:3128/"],
    [{ HTTP_PROXY: "http://p:1", ALL_PROXY: "http://p:1" }, null],
  ])("are read from %j", (variables, expected) => {
    const proxy = read(variables).settings?.proxy;
    expect(proxy ? [proxy.address.href, ...proxy.bypass].join(" ") : null).toBe(expected);
  });

  it.each(["socks5://p:1080", "http://", "http:// p", "http://u:pa%ss@p:1"])("refuse %j", (value) => {
    expect(read({ HTTPS_PROXY: value }).mistakes).toMatchObject([{ setting: "HTTPS_PROXY" }]);
  });
});
