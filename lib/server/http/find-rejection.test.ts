import { describe, expect, it } from "vitest";

import { findRejection } from "./find-rejection";

const publicUrl = new URL("https://rollcall.example.com");
const host = "rollcall.example.com";
const ask = (url: string, method = "GET", headers = {}) =>
  findRejection({ method, url, headers: { host, ...headers } }, publicUrl);

/** Not valid percent-encoded UTF-8 (RFC 3986, 2.1; RFC 3629, 3). */
const malformedEncodings = [
  ...["%", "%z", "%zz", "%2", "%c0", "%c0%ae", "%80", "%ff", "%fe%fe", "%e2%82", "%ed%a0%80"],
  ...["%f8%88%80%80%80", "%u0041", "%C3%28", "%E0%80%AF", "%F4%90%80%80", "%D8%00"],
];

describe("an address that cannot be decoded", () => {
  const places = ["/", "/endpoints/", "/share/", "/api/v1/endpoints/", "/api/auth/", "/_next/", "/wall/"];
  it.each(malformedEncodings.flatMap((text) => places.map((place) => `${place}${text}`)))(
    "is refused: %j",
    (url) => {
      expect(ask(url)).toMatchObject({ status: 400 });
    },
  );

  it.each(["*", "", "http://evil.example/api/v1/endpoints", "endpoints"])("is no path: %j", (url) => {
    expect(ask(url)).toMatchObject({ status: 400 });
  });

  it.each(["/?q=%zz", "/endpoints/%00", "/endpoints/..%2F", "/caf%C3%A9", "/caf\u00e9", "//", "/x#%"])(
    "is not %j",
    (url) => expect(ask(url)).toBeNull(),
  );
});

describe("a method that nothing serves", () => {
  it.each(["PUT", "PATCH", "DELETE", "PROPFIND", "TRACE", "POST", "OPTIONS"])(
    "is refused on pages: %s",
    (method) => {
      for (const url of ["/", "/endpoints/a", "/nowhere", "/livez", "/readyz", "/wall", "/wall/basics"]) {
        expect(ask(url, method)).toMatchObject({ status: 405, allow: "GET, HEAD" });
      }
    },
  );

  it.each(["TRACE", "PROPFIND", "PUT", "MKCOL"])("is refused by the API: %s", (method) => {
    expect(ask("/api/v1/endpoints", method)).toMatchObject({
      status: 405,
      allow: "GET, HEAD, POST, PATCH, DELETE, OPTIONS",
    });
  });

  it.each(["POST", "PATCH", "DELETE", "PUT"])("is refused by the basic wall: %s", (method) => {
    expect(ask("/wall/basic?a=b", method)).toMatchObject({ status: 405, allow: "GET, HEAD, OPTIONS" });
  });

  it.each(["GET", "HEAD", "OPTIONS"])("is not %s for the basic wall", (method) => {
    expect(ask("/wall/basic", method)).toBeNull();
  });

  it.each(["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"])("is not %s for the API", (method) => {
    expect(ask("/api/v1/endpoints?a=b", method)).toBeNull();
  });
});

describe("another host", () => {
  it("is answered with the requested name, the configured one, and the setting", () => {
    const rejection = ask("/", "GET", { host: "other.example:8443" });
    expect(rejection).toMatchObject({ status: 421, host: "other.example:8443" });
    expect(rejection?.detail).toMatch(/other\.example:8443.*rollcall\.example\.com.*ROLLCALL_URL/);
  });

  it.each(["", "a b", "<script>", "x".repeat(300), undefined])(
    "that is not a host name is not repeated: %j",
    (name) => {
      const rejection = ask("/", "GET", { host: name });
      expect(rejection).toMatchObject({ status: 421, host: "" });
      expect(rejection?.detail).not.toMatch(/script|xxx|a b/);
    },
  );

  it("may ask the health checks", () => {
    for (const url of ["/livez", "/readyz?verbose"]) expect(ask(url, "GET", { host: "10.0.0.7" })).toBeNull();
    expect(ask("/livezz", "GET", { host: "10.0.0.7" })).toMatchObject({ status: 421 });
  });
});

describe("under a base path", () => {
  const below = (url: string, method = "GET", headers = {}) =>
    findRejection({ method, url, headers: { host, ...headers } }, new URL("/rollcall", publicUrl));

  it.each(["/rollcall", "/rollcall/", "/rollcall?q=a", "/rollcall/endpoints/a", "/rollcall/wall/basic"])(
    "%s is served",
    (url) => expect(below(url)).toBeNull(),
  );

  it.each(["/", "/wall", "/rollcalls", "/api/v1/endpoints", "/rollcall.php", "/_next/static/a.js"])(
    "%s is not found, and the answer says where Rollcall is",
    (url) => {
      const rejection = below(url);
      expect(rejection).toMatchObject({ status: 404 });
      expect(rejection?.detail).toContain("https://rollcall.example.com/rollcall");
      expect(below(url, "GET", { host: "other.example" })).toMatchObject({ status: 421 });
    },
  );

  it("has the same rules as at the root", () => {
    expect(below("/rollcall/wall", "POST")).toMatchObject({ status: 405 });
    expect(below("/rollcall/api/v1/sign-in", "POST")).toBeNull();
    expect(below("/rollcall/wall", "GET", { rsc: "1" })).toMatchObject({ status: 400 });
    expect(below("/rollcall/livez", "GET", { host: "10.0.0.7" })).toBeNull();
    expect(below("/rollcall/%zz")).toMatchObject({ status: 400 });
  });
});

describe("headers of the framework's protocol", () => {
  it("that name a server action are refused", () => {
    expect(ask("/", "GET", { "next-action": "a".repeat(40) })).toMatchObject({ status: 400 });
  });

  it.each(["", "x", "[]", "%5B%5D", "%zz", "{}", "null", "[".repeat(9_000), '["",{},null,null],["",{}]'])(
    "that hold a state of the wrong shape are refused: %j",
    (state) =>
      expect(ask("/", "GET", { rsc: "1", "next-router-state-tree": state })).toMatchObject({ status: 400 }),
  );

  it("that hold a state are passed on", () => {
    const state = encodeURIComponent(JSON.stringify(["", { children: ["__PAGE__", {}] }, null, null]));
    expect(ask("/", "GET", { rsc: "1", "next-router-state-tree": state })).toBeNull();
    expect(ask("/", "GET", { rsc: "1" })).toBeNull();
  });
});

describe("a page for others than who was here before", () => {
  it.each(["/sign-in?to=%2F&_rsc=x", "/wall", "/share/token"])("is only served as a document: %s", (url) => {
    expect(ask(url, "GET", { rsc: "1" })).toMatchObject({ status: 400 });
    expect(ask(url)).toBeNull();
  });

  it("is not one of the site", () => expect(ask("/endpoints/a", "GET", { rsc: "1" })).toBeNull());
});
