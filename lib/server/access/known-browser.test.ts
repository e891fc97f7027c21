import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readKnownBrowser, toKnownBrowser } from "./known-browser";

describe("a known browser", () => {
  const cookie = toKnownBrowser("ada", "hash", null);

  it("is known to the account that signed in there, until its password changes", () => {
    const name = readKnownBrowser(cookie, "ada", "hash");
    expect(name).toMatch(/^[\w-]{22}$/);
    expect(readKnownBrowser(cookie, "eve", "hash")).toBeNull();
    expect(readKnownBrowser(cookie, "ada", "another hash")).toBeNull();
  });

  it("keeps its name at the next sign-in, and gets a new one without proof", () => {
    const name = readKnownBrowser(cookie, "ada", "hash");
    expect(readKnownBrowser(toKnownBrowser("ada", "hash", cookie), "ada", "hash")).toBe(name);
    expect(readKnownBrowser(toKnownBrowser("ada", "next", cookie), "ada", "next")).not.toBe(name);
    expect(toKnownBrowser("ada", "hash", "made up")).not.toBe(cookie);
  });

  it("cannot be guessed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.constant(`${cookie}A`)), (value) => {
        expect(readKnownBrowser(value, "ada", "hash")).toBeNull();
      }),
    );
    expect(readKnownBrowser(null, "ada", "hash")).toBeNull();
  });
});
