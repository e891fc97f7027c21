import { placesOfKeys } from "./support/secrecy";
import type { LoggedRequest } from "./support/simulator-words";
import { expect, test } from "./support/test";
import { brokenInvariants } from "./support/upstream-invariants";

/** The fixtures check every journey; these tests prove that they notice. */
test.describe("it is noticed when", () => {
  test("the page logs an error to the console", async ({ page, complaints }) => {
    await page.goto("/");
    await page.evaluate(() => console.error("planted"));
    await expect.poll(() => complaints.unexpected()).toEqual([expect.stringContaining("error: planted")]);
    complaints.expect(/planted/);
  });

  test("the page violates the content policy", async ({ page, complaints }) => {
    await page.goto("/");
    await page.evaluate(() => {
      const image = document.createElement("img");
      image.src = "http://elsewhere.example/image.png";
      document.body.append(image);
    });
    await expect.poll(() => complaints.unexpected()).toEqual([expect.stringContaining("img-src")]);
    complaints.expect(/elsewhere\.example/);
  });

  test("the page throws", async ({ page, complaints }) => {
    await page.goto("/");
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error("planted");
      });
    });
    await expect.poll(() => complaints.unexpected()).toEqual(["thrown: planted"]);
    complaints.expect(/planted/);
  });

  test("a key is sent to the browser", async ({ page, rollcall, correspondence }) => {
    const headers = { "x-leak": "planted-in-header" };
    await page.route("**/leak", (route) => route.fulfill({ body: "planted-in-body", headers }));
    await page.goto("/");
    await page.evaluate(() => fetch("/leak").then((response) => response.text()));
    for (const key of ["planted-in-body", "planted-in-header"]) {
      expect(await placesOfKeys(new Set([key]), rollcall, correspondence)).toEqual([`${rollcall.url}/leak`]);
    }
  });

  test("a key is in the log or the database", async ({ rollcall, correspondence }) => {
    expect(await placesOfKeys(new Set(["Rollcall is watching"]), rollcall, correspondence)).toEqual([
      "the log",
    ]);
    expect(await placesOfKeys(new Set(["SQLite format 3"]), rollcall, correspondence)).toContain(
      "rollcall.db",
    );
  });
});

const KEY = "key-of-the-upstream";

function asked(method: string, rawPath: string, headers: LoggedRequest["headers"] = []): LoggedRequest {
  const own = [
    ["User-Agent", "Rollcall/0.1"],
    ["authorization", `Bearer ${KEY}`],
  ] as const;
  return { at: 0, method, rawPath, headers: [...own, ...headers], status: 200 };
}

test("the four known reads are allowed", () => {
  const requests = [
    asked("GET", "/management/v1/orgs/acme/endpoints"),
    asked("GET", "/management/v1/endpoints/acme-llama-3.3-70b"),
    asked("GET", "/management/v1/orgs/acme/models/llama-3.3-70b/versions"),
    asked("GET", "/management/v1/orgs/acme/models/llama-3.3-70b/versions/v8-canary"),
  ];
  expect(brokenInvariants(requests, new Set([KEY]))).toEqual([]);
});

for (const request of [
  asked("POST", "/management/v1/endpoints/acme"),
  asked("GET", "/management/v1/endpoints/acme:deployModel"),
  asked("GET", "/management/v1/endpoints/a..b"),
  asked("GET", "/management/v1/endpoints/..%2Fx"),
  asked("GET", "/management/v1/endpoints/acme?x=1"),
  asked("GET", "/management/v1/orgs/acme/models"),
  asked("GET", "/management/v1/orgs/acme/models/a..b/versions"),
  asked("GET", "/management/v1/orgs/acme/models/qwen/versions/8?x=1"),
  asked("POST", "/management/v1/orgs/acme/models/qwen/versions"),
  asked("GET", `/management/v1/endpoints/${KEY}`),
  asked("GET", "/management/v1/endpoints/acme", [["X-Trace", KEY]]),
]) {
  test(`${request.method} ${request.rawPath} with ${request.headers.length} headers is noticed`, () => {
    expect(brokenInvariants([request], new Set([KEY]))).toHaveLength(1);
  });
}
