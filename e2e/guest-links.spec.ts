import type { Page } from "@playwright/test";
import { z } from "zod";
import { violationsInEveryTheme } from "./support/accessibility";
import type { Rollcall } from "./support/rollcall";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const OTHER = "acme-another-one";

const madeSchema = z.object({ link: z.object({ id: z.string() }), url: z.url() });

async function make(rollcall: Rollcall, request: object = { name: "On call", lifetime: "hour" }) {
  const response = await change(rollcall, "POST", `/api/v1/endpoints/${ENDPOINT}/links`, request);
  const { link, url } = madeSchema.parse(await response.json());
  return { id: link.id, url, token: new URL(url).pathname.split("/").at(-1) ?? "" };
}

function change(rollcall: Rollcall, method: string, path: string, body?: object, origin = rollcall.url) {
  return fetch(rollcall.url + path, {
    method,
    headers: { origin, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function askShared(rollcall: Rollcall, token: string, part = "") {
  return fetch(`${rollcall.url}/api/v1/shared${part}`, { headers: { authorization: `Bearer ${token}` } });
}

async function openLinks(page: Page): Promise<void> {
  // A click before hydration is lost.
  await expect(new EndpointScreen(page).liveCurves).toBeVisible();
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("button", { name: "Create link" })).toBeVisible();
}

test.use({ scenario: "smooth", speed: 0.5 });

test.beforeEach(async ({ rollcall, simulator }) => {
  await simulator.putEndpoint(OTHER, { org: "acme", arch: "qwen-3-32b" });
  await expect
    .poll(async () => (await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}`)).text())
    .toContain('"deploymentId"');
});

test("a link is created on the page, opens one endpoint, and is revoked", async ({
  page,
  browser,
  rollcall,
}) => {
  await new EndpointScreen(page).open(ENDPOINT);
  await openLinks(page);
  await page.getByLabel(/^Label/).fill("On call");
  await page.getByLabel("Expires after").selectOption("week");
  await page.getByRole("button", { name: "Create link" }).click();
  const address = page.getByText(/\/share\/[\w-]{43}$/);
  await expect(address).toBeVisible();
  const url = (await address.textContent()) ?? "";
  await expect(page.getByRole("region", { name: "Active guest links" })).toContainText(/On call.*never/);
  expect(await violationsInEveryTheme(page)).toEqual([]);

  const context = await browser.newContext();
  const asked: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  const guest = new EndpointScreen(await context.newPage());
  await guest.page.goto(url);
  await expect(guest.main).toContainText(ENDPOINT);
  await expect(guest.main).toContainText(
    /Shared link “On call” · read only · works until .+ · shared by acme/,
  );
  await expect(guest.main).not.toContainText("Use this endpoint");
  await expect(guest.liveCurves).toBeVisible();
  await expect.poll(() => asked.filter((path) => path.endsWith("/api/v1/shared")).length).toBeGreaterThan(1);
  expect(asked.filter((path) => path.includes(ENDPOINT))).toEqual([]);
  expect(await guest.page.content()).not.toContain(OTHER);
  await expect(guest.page.getByRole("button", { name: "Show the reply" })).toHaveCount(0);
  await expect(guest.page.getByRole("button", { name: "Share" })).toHaveCount(0);
  expect(await violationsInEveryTheme(guest.page)).toEqual([]);

  await page.getByRole("button", { name: "Revoke On call" }).click();
  await expect(page.getByRole("region", { name: "Active guest links" })).toHaveCount(0);
  // Within 15 s the page polls again and shows nothing of the endpoint.
  await expect(guest.page.getByRole("heading", { level: 1 })).toHaveText(/link is invalid or has expired/, {
    timeout: 15_000,
  });
  expect(await guest.page.getByRole("main").textContent()).not.toContain(ENDPOINT);
  await context.close();
  expect(rollcall.output).not.toContain(new URL(url).pathname);
});

test("an unknown, a revoked and an expired link return the same 404", async ({ rollcall }) => {
  const { id, token } = await make(rollcall);
  expect((await askShared(rollcall, token)).status).toBe(200);
  expect((await change(rollcall, "DELETE", `/api/v1/links/${id}`)).status).toBe(200);
  for (const part of ["", "/events", "/rollouts/d"]) {
    const answers: string[] = [];
    for (const bearer of [token, "A".repeat(43), "short", ""]) {
      const response = await askShared(rollcall, bearer, part);
      const headers = [...response.headers].filter(([name]) => !["date", "x-request-id"].includes(name));
      answers.push(JSON.stringify([response.status, headers, await response.text()]));
    }
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(answers[0]).toMatch(/^\[404,/);
  }
  // The pages differ in the requested address, the nonce, and the order in which their rows were ready.
  const pages = await Promise.all(
    [token, "A".repeat(43), "No-Token"].map(async (each) => {
      const response = await fetch(`${rollcall.url}/share/${each}`);
      const nonce = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "";
      const text = (await response.text())
        .replaceAll(nonce, "")
        .replaceAll(each, "")
        .replaceAll(/"\]\)<\/script><script[^>]*>self\.__next_f\.push\(\[1,"/g, "");
      return `${response.status} ${text
        .split(String.raw`\n`)
        .toSorted()
        .join("\n")}`;
    }),
  );
  expect(new Set(pages).size).toBe(1);
  expect(pages[0]).toMatch(/^404 .*link is invalid or has expired/s);
});

test("a link opens only its endpoint, and cannot change anything", async ({ rollcall }) => {
  const { token } = await make(rollcall);
  const view = z
    .object({ endpoint: z.object({ id: z.string() }), current: z.string() })
    .parse(await (await askShared(rollcall, token)).json());
  expect(view.endpoint.id).toBe(ENDPOINT);
  expect((await askShared(rollcall, token, `/rollouts/${view.current}`)).status).toBe(200);
  expect((await askShared(rollcall, token, "/events")).status).toBe(200);
  for (const part of ["/raw", `/${OTHER}`, "/links", "/endpoints"]) {
    expect((await askShared(rollcall, token, part)).status, part).toBe(404);
  }
  const asked = await askShared(rollcall, token, `?endpointId=${OTHER}`);
  expect(await asked.text()).toContain(`"id":"${ENDPOINT}"`);
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const response = await fetch(`${rollcall.url}/api/v1/shared`, {
      method,
      headers: { authorization: `Bearer ${token}`, origin: rollcall.url },
    });
    expect(response.status, method).toBe(405);
  }
});

test("a token is stored hashed and appears nowhere else", async ({ rollcall }) => {
  const { token } = await make(rollcall);
  const readList = async () => (await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}/links`)).text();
  // A mail scanner or a chat preview fetches the page without running scripts, which does not count as a use.
  const address = `${rollcall.url}/share/${token}`;
  expect((await fetch(address, { method: "HEAD" })).status).toBe(200);
  const [, picture = ""] =
    /property="og:image" content="([^"]+)"/.exec(await (await fetch(address)).text()) ?? [];
  expect((await fetch(picture.replaceAll("&amp;", "&"))).headers.get("content-type")).toBe("image/png");
  expect(await readList()).toContain('"lastUsedAt":null');
  await askShared(rollcall, token);
  await expect.poll(readList).toContain('"lastUsedAt":"');
  const listed = await readList();
  expect(listed).not.toContain(token);
  const files = [...(await rollcall.databaseFiles()).values()].map((bytes) => bytes.toString("latin1"));
  expect(files.join("")).toContain("On call");
  expect(files.filter((text) => text.includes(token))).toEqual([]);
  expect(rollcall.output).not.toContain(token);
});

test("a link survives a restart", async ({ rollcall }) => {
  const { token } = await make(rollcall);
  await rollcall.restart();
  await expect.poll(async () => (await askShared(rollcall, token)).status).toBe(200);
});

test("a guest who asks without pause is rate limited, and others are not", async ({ rollcall }) => {
  const hasty = await make(rollcall);
  const calm = await make(rollcall, { name: "Calm", lifetime: "hour" });
  const statuses: number[] = [];
  for (let asked = 0; asked < 300; asked += 20) {
    const batch = Array.from({ length: 20 }, () => askShared(rollcall, hasty.token));
    statuses.push(...(await Promise.all(batch)).map(({ status }) => status));
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(200);
  expect(statuses.filter((status) => status === 429)).toHaveLength(100);
  expect(Number((await askShared(rollcall, hasty.token)).headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await askShared(rollcall, calm.token)).status).toBe(200);
  await expect
    .poll(async () => (await askShared(rollcall, hasty.token)).status, {
      timeout: 20_000,
      intervals: [1_000],
    })
    .toBe(200);
});

test("another origin cannot create or revoke links", async ({ rollcall }) => {
  const path = `/api/v1/endpoints/${ENDPOINT}/links`;
  const request = { name: "x", lifetime: "day" };
  for (const origin of ["https://evil.example", "null", `${rollcall.url}.evil.example`]) {
    expect((await change(rollcall, "POST", path, request, origin)).status, origin).toBe(403);
  }
  expect((await fetch(rollcall.url + path, { method: "POST", body: JSON.stringify(request) })).status).toBe(
    403,
  );
  expect(await (await fetch(rollcall.url + path)).json()).toEqual({ links: [] });
});

test("an invalid link request is refused with a reason", async ({ rollcall }) => {
  const path = `/api/v1/endpoints/${ENDPOINT}/links`;
  for (const request of [
    {},
    { lifetime: "day" },
    { name: "x", lifetime: "year" },
    { name: "x".repeat(81), lifetime: "day" },
    { name: "x", lifetime: "day", more: "x".repeat(100_000) },
  ]) {
    expect((await change(rollcall, "POST", path, request)).status).toBe(400);
  }
  const unknown = await change(rollcall, "POST", "/api/v1/endpoints/acme-nobody/links", {
    name: "x",
    lifetime: "day",
  });
  expect(unknown.status).toBe(404);
});

test("a chat preview shows the state at a moment, and search engines do not index it", async ({
  rollcall,
}) => {
  const { token } = await make(rollcall);
  const response = await fetch(`${rollcall.url}/share/${token}`);
  const html = await response.text();
  expect(html).toMatch(/<meta property="og:title" content="V8 [^"]+"/i);
  expect(html).toMatch(/<meta property="og:description" content="acme-qwen-3-32b, as of \d\d:\d\d UTC"/);
  expect(html).toMatch(/<meta name="robots" content="noindex, nofollow"/);
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");

  const view = await (await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}`)).text();
  const rollout = `/rollouts/${/"current":"([^"]+)"/.exec(view)?.[1] ?? ""}`;
  const pages = [`/share/${token}`, `/share/${token}${rollout}`, `/endpoints/${ENDPOINT}`];
  for (const path of [...pages, `/endpoints/${ENDPOINT}${rollout}`]) {
    const text = await (await fetch(rollcall.url + path)).text();
    expect(text, path).toMatch(/<meta property="og:title" content="V8 [^"]+"/i);
    const picture = /<meta property="og:image" content="([^"]+)"/.exec(text)?.[1] ?? "";
    expect(picture).toBe(`${rollcall.url}${path}/preview.png`);
    const drawn = await fetch(picture);
    expect([drawn.status, drawn.headers.get("content-type")], path).toEqual([200, "image/png"]);
    expect((await drawn.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
    const closed = picture.replace(token, "A".repeat(43)).replace(ENDPOINT, "acme-unknown");
    expect((await fetch(closed)).status, path).toBe(404);
  }
});

test("a link that is created on a rollout's page starts at the selected range", async ({
  page,
  browser,
  rollcall,
}) => {
  const view = await (await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}`)).text();
  const deploymentId = /"current":"([^"]+)"/.exec(view)?.[1] ?? "";
  const observed = Date.now();
  const range = `?from=${new Date(observed - 2_000).toISOString()}&until=${new Date(observed + 600_000).toISOString()}`;
  await page.goto(`/endpoints/${ENDPOINT}/rollouts/${deploymentId}${range}`);
  await openLinks(page);
  await page.getByLabel(/^Label/).fill("Incident");
  await page.getByRole("button", { name: "Create link" }).click();
  const url = (await page.getByText(/\/share\/[\w-]{43}\/rollouts\//).textContent()) ?? "";
  expect(url).toContain(range);
  expect(url).not.toContain(ENDPOINT);

  const context = await browser.newContext();
  const guest = new EndpointScreen(await context.newPage());
  await guest.page.goto(url);
  await expect(guest.page.getByRole("button", { name: "Show the whole rollout" })).toBeVisible();
  await expect(guest.page.getByRole("button", { name: "Share" })).toHaveCount(0);
  await guest.page.getByRole("navigation", { name: "Path" }).getByRole("link").click();
  await expect(guest.page).toHaveURL(/\/share\/[\w-]{43}$/);
  await expect(guest.main).toContainText(ENDPOINT);
  await context.close();

  for (const start of [
    "https://evil.example",
    "//evil.example",
    "/wall",
    "/rollouts/a/../../x",
    "/rollouts/a#b",
  ]) {
    const request = { name: "x", lifetime: "day", start };
    const made = await change(rollcall, "POST", `/api/v1/endpoints/${ENDPOINT}/links`, request);
    expect(made.status, start).toBe(400);
  }
});

test("a preview picture is drawn once, and pages are limited by the link that is shown", async ({
  rollcall,
}) => {
  const { token } = await make(rollcall);
  const page = await (await fetch(`${rollcall.url}/share/${token}`)).text();
  const [, picture = ""] = /property="og:image" content="([^"]+)"/.exec(page) ?? [];
  const ask = () => fetch(picture.replaceAll("&amp;", "&"));
  const first = await ask();
  expect(first.headers.get("content-type")).toBe("image/png");
  expect(first.headers.get("cache-control")).toBe("private, no-store");
  expect((await first.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
  // Twice the limit at once, so even on a slow machine some ten seconds exceed it.
  const answers = await Promise.all(Array.from({ length: 420 }, ask));
  const statuses = answers.map(({ status }) => status);
  const refused = answers.find(({ status }) => status === 429);
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  expect((await fetch(`${rollcall.url}/share/${"A".repeat(43)}`)).status).toBe(404);
});
