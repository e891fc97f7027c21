import { describe, expect, it } from "vitest";

import { findProxy, upstreamPlace } from "./outbound-proxy";
import { parseSettings } from "./settings";

const address = new URL("http://proxy.example:3128");
const through = (url: string, ...bypass: string[]) => findProxy(new URL(url), { address, bypass }) !== null;

describe("the proxy", () => {
  it("is for https beyond this machine", () => {
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
