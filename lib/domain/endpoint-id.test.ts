import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isEndpointId } from "./endpoint-id";

describe("isEndpointId", () => {
  it.each(["a", "my-org-llama-3.3-70b", "A_b-C.9", "x".repeat(128)])("accepts %s", (id) => {
    expect(isEndpointId(id)).toBe(true);
  });

  it.each([
    "",
    ".",
    "..",
    "a..b",
    "-a",
    "a-",
    "a/b",
    "../a",
    "a%2Fb",
    "a b",
    "a\n",
    "\na",
    "a\0",
    "a\r\nb",
    "é",
    "a?b",
    "a#b",
    "a\\b",
    "x".repeat(129),
    "a:deployModel",
  ])("refuses %j", (id) => {
    expect(isEndpointId(id)).toBe(false);
  });

  it("accepts nothing that has another meaning in an address", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 20 }), (text) => {
        if (isEndpointId(text)) {
          expect(encodeURIComponent(text)).toBe(text);
          expect(new URL(`http://host/a/${text}`).pathname).toBe(`/a/${text}`);
        }
      }),
    );
  });
});
