import { describe, expect, it } from "vitest";

import { matchesETag } from "./read-operation";

describe("matchesETag", () => {
  it.each(['W/"a"', '"a"', "*", '"b", W/"a"', ' W/"a" '])('finds W/"a" in %s', (header) => {
    expect(matchesETag(header, 'W/"a"')).toBe(true);
  });

  it.each([null, "", '"b"', "a", 'W/"ab"'])('does not find W/"a" in %s', (header) => {
    expect(matchesETag(header, 'W/"a"')).toBe(false);
  });
});
