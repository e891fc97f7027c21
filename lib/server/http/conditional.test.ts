import { describe, expect, it } from "vitest";

import { acceptsGzip, matchesETag } from "./conditional";

describe("matchesETag", () => {
  it.each(['W/"a"', '"a"', "*", '"b", W/"a"', ' W/"a" '])('finds W/"a" in %s', (header) => {
    expect(matchesETag(header, 'W/"a"')).toBe(true);
  });

  it.each([null, "", '"b"', "a", 'W/"ab"'])('does not find W/"a" in %s', (header) => {
    expect(matchesETag(header, 'W/"a"')).toBe(false);
  });
});

describe("acceptsGzip", () => {
  it.each(["gzip", "br, gzip", "gzip;q=0.5", "*", "deflate, gzip, br"])("takes %s", (header) => {
    expect(acceptsGzip(header)).toBe(true);
  });

  it.each([null, "", "br", "identity", "gzip;q=0", "xgzip"])("does not take %s", (header) => {
    expect(acceptsGzip(header)).toBe(false);
  });
});
