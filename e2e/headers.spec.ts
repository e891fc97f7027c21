import { askRaw } from "./support/raw-ask";
import { expect, test } from "./support/shared-test";

const ask = (base: string, path: string, headers: Record<string, string> = {}) =>
  askRaw(base, path, { headers });

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

const DATA = {
  "/api/v1/endpoints": { status: 200, caching: /^private, no-cache$/ },
  "/api/v1/endpoints/acme-done": { status: 200, caching: /^private, no-cache$/ },
  "/api/v1/endpoints/acme-done/raw": { status: 200, caching: /^private, no-cache$/ },
  "/api/v1/endpoints/acme-nobody": { status: 404, caching: /^no-store$/ },
  "/api/v1/endpoints/acme-done/rollouts?limit=0": { status: 400, caching: /^no-store$/ },
  "/api/v1/openapi.json": { status: 200, caching: /^private, no-cache$/ },
  "/livez": { status: 200, caching: /^no-store$/ },
  "/readyz": { status: 200, caching: /^no-store$/ },
};

for (const [path, { status, caching }] of Object.entries(DATA)) {
  test(`the answer ${path} carries nosniff and its own caching`, async ({ rollcall }) => {
    const answer = await ask(rollcall.url, path);
    expect(answer.status).toBe(status);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["cache-control"]).toMatch(caching);
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(answer.headers["x-powered-by"]).toBeUndefined();
  });
}

test("static files carry nosniff and are kept", async ({ rollcall }) => {
  const { body } = await ask(rollcall.url, "/");
  const files = [...new Set(body.match(/\/_next\/static\/[\w./~-]+\.(js|css|woff2)/g))];
  expect(files.some((file) => file.endsWith(".js")) && files.some((file) => file.endsWith(".css"))).toBe(
    true,
  );
  for (const file of files) {
    const { status, headers } = await ask(rollcall.url, file);
    expect(status, file).toBe(200);
    expect(headers["x-content-type-options"], file).toBe("nosniff");
    expect(headers["cache-control"], file).toMatch(/immutable/);
  }
});

test("a page's style sheet is requested first, and its fonts at once", async ({ browser, rollcall }) => {
  const requestedBy = async (width: number) => {
    const context = await browser.newContext({ viewport: { width, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${rollcall.url}/endpoints/acme-done`);
    await page.evaluate(() => document.fonts.ready);
    const requested = await page.evaluate(() => {
      const files = performance.getEntriesByType("resource").filter((one) => "initiatorType" in one);
      const fonts = files.filter(({ name }) => name.endsWith(".woff2"));
      const first = files.toSorted((one, other) => one.startTime - other.startTime)[0];
      return {
        isStyleFirst: first?.name.endsWith(".css"),
        fontsOfStyle: fonts.filter((font) => "initiatorType" in font && font.initiatorType === "css").length,
        others: fonts.filter((font) => "initiatorType" in font && font.initiatorType !== "css").length,
      };
    });
    await context.close();
    return requested;
  };
  expect(await requestedBy(390)).toEqual({ isStyleFirst: true, fontsOfStyle: 0, others: 2 });
  expect(await requestedBy(1_280)).toEqual({ isStyleFirst: true, fontsOfStyle: 0, others: 2 });
});

test("a request cannot choose the policy or the nonce", async ({ rollcall }) => {
  const chosen = "chosen-by-someone-else";
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
    // Node refuses an invalid Host before our code runs.
    expect([400, 421]).toContain(api.status);
    expect(api.body).not.toContain("acme-done");
    const page = await ask(rollcall.url, "/endpoints/acme-done", { host });
    expect(page.status).not.toBe(200);
    expect(page.body).not.toContain("replicas updated");
  });
}

test("a response has no CORS permission for other origins", async ({ rollcall }) => {
  const { headers } = await ask(rollcall.url, "/api/v1/endpoints", { origin: "https://evil.example" });
  expect(headers["access-control-allow-origin"]).toBeUndefined();
});

for (const [path, type] of [
  ["/icon.svg", "image/svg+xml"],
  ["/icon-512.png", "image/png"],
  ["/apple-touch-icon.png", "image/png"],
  ["/manifest.webmanifest", "application/manifest+json"],
  ["/robots.txt", "text/plain"],
] as const) {
  test(`${path} is served without signing in, as what it is`, async ({ rollcall }) => {
    const { status, headers } = await ask(rollcall.url, path);
    expect(status).toBe(200);
    expect(headers["content-type"]).toContain(type);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cache-control"]).toBe("public, max-age=86400");
  });
}

test("a path that only resembles a special one is an ordinary page", async ({ rollcall }) => {
  for (const path of ["/icon.gif", "/icon-192.svg", "/robots.txt.bak", "/nested/icon.svg"]) {
    const { status, headers } = await ask(rollcall.url, path);
    expect(status, path).toBe(404);
    expect(headers["content-security-policy"], path).toContain("default-src 'none'");
  }
});
