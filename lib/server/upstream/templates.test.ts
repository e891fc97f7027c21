import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { endpointUrl, listingUrl, versionsUrl, versionUrl } from "./templates";

const base = new URL("https://api.cerebras.ai");

describe("the four addresses", () => {
  it.each([
    ["https://api.cerebras.ai", "https://api.cerebras.ai"],
    ["https://api.cerebras.ai/", "https://api.cerebras.ai"],
    ["https://gateway.example:8443/cerebras", "https://gateway.example:8443/cerebras"],
    ["https://gateway.example/a/b///", "https://gateway.example/a/b"],
    ["https://gateway.example/a%20b/%2e%2e/ü", "https://gateway.example/%C3%BC"],
    ["https://user:password@gateway.example/a?b=c#d", "https://gateway.example/a"],
    ["http://[::1]:4000", "http://[::1]:4000"],
  ])("start with the base %s", (address, prefix) => {
    expect(endpointUrl(new URL(address), "acme-qwen").href).toBe(
      `${prefix}/management/v1/endpoints/acme-qwen`,
    );
    expect(listingUrl(new URL(address), "acme").href).toBe(`${prefix}/management/v1/orgs/acme/endpoints`);
    const versions = `${prefix}/management/v1/orgs/acme/models/qwen-3-32b/versions`;
    expect(versionsUrl(new URL(address), "acme", "qwen-3-32b").href).toBe(versions);
    expect(versionUrl(new URL(address), "acme", "qwen-3-32b", "v8-canary").href).toBe(
      `${versions}/v8-canary`,
    );
  });

  it.each([
    "%2e%2e",
    "%2E%2E%2Forgs",
    "..%2F..%2F",
    "..%5c..",
    "a%2fb",
    "a%00",
    "a%0d%0ax:%20y",
    "a%252fb",
    "a\\b",
    "a\tb",
    "a;b",
    "a:deployModel",
    "a%3AdeployModel",
    "a@evil.example",
    "\ud800",
    "ａ",
    "a\u2024\u2024b",
  ])("are not built for %j, raw or encoded", (name) => {
    for (const spelling of [name, name.toWellFormed(), encodeURIComponent(name.toWellFormed())]) {
      expect(() => endpointUrl(base, spelling)).toThrow(RangeError);
      expect(() => listingUrl(base, spelling)).toThrow(RangeError);
      expect(() => versionsUrl(base, "acme", spelling)).toThrow(RangeError);
      expect(() => versionUrl(base, "acme", "qwen", spelling)).toThrow(RangeError);
    }
  });

  it("put the requested name in its own segment, or are not built", () => {
    const piece = fc.constantFrom(
      "a",
      "Z",
      "9",
      ".",
      "-",
      "_",
      "/",
      "%",
      "2",
      "e",
      "f",
      "?",
      "#",
      "\\",
      "\n",
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: piece, maxLength: 8 }), fc.string()), (name) => {
        let url: URL;
        try {
          url = endpointUrl(base, name);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(url.href).toBe(`${base.origin}/management/v1/endpoints/${name}`);
      }),
      { numRuns: 500 },
    );
  });
});
