import { describe, expect, it } from "vitest";

import { deriveSecretToken, hashSecretToken, newSecretToken, toBearer } from "./secret-token";

describe("a guest token", () => {
  it("is 256 bits, and different every time", () => {
    const tokens = Array.from({ length: 100 }, newSecretToken);
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(Buffer.from(token, "base64url").byteLength).toBe(32);
  });

  it("derives another one for a purpose, always the same, which does not contain it", () => {
    const [token, other] = [newSecretToken(), newSecretToken()];
    const derived = deriveSecretToken(token, "pass");
    expect(derived).toBe(deriveSecretToken(token, "pass"));
    expect(hashSecretToken(derived)).not.toBeNull();
    const all = [token, derived, deriveSecretToken(token, "else"), deriveSecretToken(other, "pass")];
    expect(new Set(all).size).toBe(4);
  });

  it("is stored as a hash that does not contain it", () => {
    const token = newSecretToken();
    expect(hashSecretToken(token)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashSecretToken(token)).toBe(hashSecretToken(token));
    expect(hashSecretToken(token)).not.toContain(token);
  });

  it.each(["", "short", "a".repeat(42), "a".repeat(44), `${"a".repeat(42)}/`, `${"a".repeat(42)}\n`])(
    "is never %j",
    (text) => {
      expect(hashSecretToken(text)).toBeNull();
    },
  );

  it.each([
    [null, ""],
    ["Bearer abc-_1", "abc-_1"],
    ["bearer abc", "abc"],
    ["Basic abc", ""],
    ["Bearer a b", ""],
    ["Bearer ", ""],
  ])("is read from %j as %j", (header, token) => {
    expect(toBearer(header)).toBe(token);
  });
});
