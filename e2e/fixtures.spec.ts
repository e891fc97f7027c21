import type { LoggedRequest } from "./support/simulator-words";
import { expect, test } from "./support/test";
import { illMannered } from "./support/upstream-manners";

/** The fixtures check what must hold in every journey; here it is broken on purpose. */
test.describe("a journey fails when", () => {
  test.fail("the browser complains", async ({ page }) => {
    await page.goto("/");
    await page.evaluate(() => console.error("planted"));
  });

  test.fail("the content policy is broken", async ({ page }) => {
    await page.goto("/");
    await page.evaluate(() => {
      const image = document.createElement("img");
      image.src = "http://elsewhere.example/image.png";
      document.body.append(image);
    });
  });

  test.fail("a page throws", async ({ page }) => {
    await page.goto("/");
    const thrown = page.waitForEvent("pageerror");
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error("planted");
      });
    });
    await thrown;
  });

  test.fail("the key reaches the browser", async ({ page, simulator }) => {
    await page.route("**/leak", (route) => route.fulfill({ body: simulator.key }));
    await page.goto("/");
    await page.evaluate(() => fetch("/leak").then((response) => response.text()));
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

test("the two known reads are good manners", () => {
  const requests = [
    asked("GET", "/management/v1/orgs/acme/endpoints"),
    asked("GET", "/management/v1/endpoints/acme-llama-3.3-70b"),
  ];
  expect(illMannered(requests, new Set([KEY]))).toEqual([]);
});

for (const request of [
  asked("POST", "/management/v1/endpoints/acme"),
  asked("GET", "/management/v1/endpoints/acme:deployModel"),
  asked("GET", "/management/v1/endpoints/a..b"),
  asked("GET", "/management/v1/endpoints/..%2Fx"),
  asked("GET", "/management/v1/endpoints/acme?x=1"),
  asked("GET", "/management/v1/orgs/acme/models"),
  asked("GET", `/management/v1/endpoints/${KEY}`),
  asked("GET", "/management/v1/endpoints/acme", [["X-Trace", KEY]]),
]) {
  test(`${request.method} ${request.rawPath} with ${request.headers.length} headers is not`, () => {
    expect(illMannered([request], new Set([KEY]))).toHaveLength(1);
  });
}
