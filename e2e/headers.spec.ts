import { request, type IncomingHttpHeaders } from "node:http";
import { expect, test } from "./support/shared-test";

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** With headers that fetch would not send. */
function ask(base: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { hostname, port, host } = new URL(base);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers: { host, ...headers } }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on("error", reject).end();
  });
}

const PAGES = ["/", "/doctor", "/endpoints/acme-done", "/endpoints/acme-nobody", "/no-such-page"];

for (const path of PAGES) {
  test(`the page ${path} carries every security header`, async ({ rollcall }) => {
    const { headers, body } = await ask(rollcall.url, path);
    const policy = headers["content-security-policy"]?.toString() ?? "";
    const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1] ?? "";
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    for (const rule of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'none'",
    ]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(headers["cache-control"]).toMatch(/no-store/);
    expect(headers["permissions-policy"]).toContain("camera=()");
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["set-cookie"]).toBeUndefined();

    const scripts = body.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
    const again = await ask(rollcall.url, path);
    expect(again.headers["content-security-policy"]).not.toBe(policy);
  });
}

test("nobody can choose the policy or the nonce from outside", async ({ rollcall }) => {
  const chosen = "chosen-by-somebody-else";
  const { headers, body } = await ask(rollcall.url, "/endpoints/acme-done", {
    "x-nonce": chosen,
    "content-security-policy": `script-src 'nonce-${chosen}'`,
    "content-security-policy-report-only": `script-src 'nonce-${chosen}'`,
  });
  expect(JSON.stringify(headers)).not.toContain(chosen);
  expect(body).not.toContain(chosen);
  expect(headers["content-security-policy"]).toMatch(/^default-src 'none'/);
});

test("a page cannot be framed", async ({ page, rollcall, complaints }) => {
  complaints.expect(
    /frame-ancestors|ERR_BLOCKED_BY_(RESPONSE|CSP)|Refused to (frame|display)|Content Security/i,
  );
  await page.route("http://127.0.0.1:9/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${rollcall.url}/"></iframe>` }),
  );
  await page.goto("http://127.0.0.1:9/");
  await expect.poll(() => page.frames().length).toBe(2);
  await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);
});

for (const host of [
  "evil.example",
  "evil.example:3000",
  "169.254.169.254",
  "localhost.evil.example",
  "a b",
]) {
  test(`a request for the host ${host} is misdirected`, async ({ rollcall }) => {
    const api = await ask(rollcall.url, "/api/v1/endpoints", { host });
    // A Host that is no host at all is refused before us.
    expect([400, 421]).toContain(api.status);
    expect(api.body).not.toContain("acme-done");
    const page = await ask(rollcall.url, "/endpoints/acme-done", { host });
    expect(page.status).not.toBe(200);
    expect(page.body).not.toContain("replicas updated");
  });
}

test("what another origin may not read carries no permission to", async ({ rollcall }) => {
  const { headers } = await ask(rollcall.url, "/api/v1/endpoints", { origin: "https://evil.example" });
  expect(headers["access-control-allow-origin"]).toBeUndefined();
});
