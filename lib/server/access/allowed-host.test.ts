import { describe, expect, it } from "vitest";

import { isAllowedHost } from "./allowed-host";

const publicUrl = new URL("http://rollcall.localhost:3000");

describe("isAllowedHost", () => {
  it.each(["localhost", "localhost:3000", "127.0.0.1:8080", "[::1]:3000", "rollcall.localhost"])(
    "lets %s in",
    (host) => {
      expect(isAllowedHost(host, publicUrl)).toBe(true);
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
    expect(isAllowedHost(host, publicUrl)).toBe(false);
  });
});
