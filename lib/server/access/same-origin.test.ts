import { expect, it } from "vitest";

import { isSameOrigin } from "./same-origin";

const host = "rollcall.example";
const own = `https://${host}`;

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
