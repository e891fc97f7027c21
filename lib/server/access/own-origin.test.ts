import { describe, expect, it } from "vitest";

import { isAllowedHost, isSameOrigin, toOwnAddress } from "./own-origin";

const host = "rollcall.example";
const own = `https://${host}`;
const localUrl = new URL("http://rollcall.localhost:3000");

describe("isAllowedHost", () => {
  it.each(["localhost", "localhost:3000", "127.0.0.1:8080", "[::1]:3000", "rollcall.localhost"])(
    "lets %s in",
    (host) => {
      expect(isAllowedHost(host, localUrl)).toBe(true);
    },
  );

  it.each([
    null,
    "",
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:3000",
    "10.0.0.1",
    "a b",
    "localhost@evil.example",
  ])("keeps %s out", (host) => {
    expect(isAllowedHost(host, localUrl)).toBe(false);
  });
});

describe("isSameOrigin", () => {
  it.each([
    [{ host, origin: own, "sec-fetch-site": "same-origin" }, true],
    [{ host, origin: own }, true],
    [{ host, "sec-fetch-site": "same-origin" }, true],
    [{ host }, false],
    [{ host, origin: own, "sec-fetch-site": "cross-site" }, false],
    [{ host, origin: own, "sec-fetch-site": "same-site" }, false],
    [{ host, origin: own, "sec-fetch-site": "none" }, false],
    [{ host, origin: "https://evil.example" }, false],
    [{ host, origin: "https://rollcall.example.evil.example" }, false],
    [{ host, origin: "null" }, false],
    [{ host, origin: "null", "sec-fetch-site": "cross-site" }, false],
    [{ host, origin: "null", "sec-fetch-site": "same-site" }, false],
    [{ host, origin: "null", "sec-fetch-site": "none" }, false],
    [{ host, origin: "null", "sec-fetch-site": "same-origin" }, true],
    [{ origin: own }, true],
    [{ host: "localhost:3000", origin: "http://localhost:3000" }, true],
    [{ host: "localhost:3000", origin: "http://localhost:4000" }, false],
    [{ host: "evil.example", origin: "http://evil.example" }, false],
    [{ host, origin: "http://rollcall.example" }, false],
  ])("%j comes from our own page: %j", (headers, expected) => {
    expect(isSameOrigin(new Headers(headers), new URL(own))).toBe(expected);
  });
});

describe("a return address", () => {
  it.each([
    ["/endpoints/a?x=1&y=%20#z", "/endpoints/a?x=1&y=%20#z"],
    ["https://rollcall.example/wall", "/wall"],
    [null, "/"],
    ["", "/"],
    ["https://evil.example/", "/"],
    ["//evil.example/", "/"],
    ["/\\evil.example/", "/"],
    ["\\\\evil.example/", "/"],
    ["https:evil.example", "/evil.example"],
    ["/.//evil.example", "/"],
    ["https://rollcall.example//evil.example", "/"],
    ["https://rollcall.example@evil.example/", "/"],
    ["https://rollcall.example.evil.example/", "/"],
    ["http://rollcall.example/", "/"],
    ["javascript:alert(1)", "/"],
    ["data:text/html,x", "/"],
    ["\t//evil.example", "/"],
  ])("is never another's: %j", (address, expected) => {
    expect(toOwnAddress(address, new URL(own))).toBe(expected);
  });

  it.each([
    ["/rollcall/endpoints/a?b#c", "/rollcall/endpoints/a?b#c"],
    ["https://tools.example/rollcall/wall", "/rollcall/wall"],
    ["/rollcall", "/rollcall"],
    [null, "/rollcall/"],
    ["/", "/rollcall/"],
    ["/rollcalls", "/rollcall/"],
    ["/other-tool/rollcall/", "/rollcall/"],
    ["/rollcall/../other-tool", "/rollcall/"],
    ["https://evil.example/rollcall/", "/rollcall/"],
    ["//evil.example/rollcall/", "/rollcall/"],
  ])("is never another tool's on the host: %j", (address, expected) => {
    expect(toOwnAddress(address, new URL("https://tools.example/rollcall"))).toBe(expected);
  });
});
