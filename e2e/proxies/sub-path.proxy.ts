import { execFile } from "node:child_process";
import { request } from "node:https";
import { promisify } from "node:util";
import { test as base, expect, type BrowserContextOptions, type Page } from "@playwright/test";
import { z } from "zod";
import { IdentityProvider, proveToBe } from "../support/identity-provider";
import { PASSWORD, SIGN_IN, firstPassword } from "../support/people";
import { startReverseProxy } from "../support/reverse-proxy";
import { Rollcall } from "../support/rollcall";
import { Simulator } from "../support/simulator";
import { Below } from "./below";

const ENDPOINT = "acme-qwen-3-32b";
const PAGES = [
  "/",
  "/account",
  "/people",
  "/tokens",
  "/notifications",
  "/doctor",
  "/audit",
  "/screens",
  "/pair",
];

type Stage = {
  url: string;
  rollcall: Rollcall;
  simulator: Simulator;
  below: Below;
  /** A page of a new browser. */
  open: (options?: BrowserContextOptions) => Promise<Page>;
};

const test = base.extend<{ behind: "nginx" | "caddy"; stage: Stage }>({
  behind: ["nginx", { option: true }],
  stage: async ({ browser, behind }, use) => {
    const simulator = await Simulator.start({ scenario: "steady" });
    const provider = await IdentityProvider.plan();
    const proxy = await startReverseProxy(behind);
    const rollcall = await Rollcall.start(simulator, {
      ...SIGN_IN,
      ...provider.settings,
      ROLLCALL_URL: proxy.url,
      ROLLCALL_TRUSTED_PROXIES: "127.0.0.1",
      ROLLCALL_VIEWERS: "@example.com",
      ROLLCALL_PASSWORDS: "on",
      ROLLCALL_BADGES: "all",
    });
    try {
      await proxy.start(Number(new URL(rollcall.url).port));
      provider.start(proxy.url);
      const below = new Below(proxy.url);
      const open = async (options: BrowserContextOptions = {}) => {
        const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
        below.listenTo(context);
        return context.newPage();
      };
      await use({ url: proxy.url, rollcall, simulator, below, open });
      expect([...below.strayed]).toEqual([]);
      expect(below.complaints.unexpected()).toEqual([]);
    } finally {
      await proxy.stop();
      await rollcall.remove();
      await provider.remove();
      await simulator.stop();
    }
  },
});

for (const behind of ["nginx", "caddy"] as const) {
  test.describe(`under a path behind ${behind}`, () => {
    test.use({ behind });

    test("every page, link, cookie and callback stays below the path", async ({ stage }) => {
      const page = await stage.open();
      await test.step("a password leads to the requested page", () => signInFirst(page, stage));
      await test.step("a rollout moves on the open page, and is compared", () => rollOut(page, stage));
      await test.step("links of the site lead on without new documents", () => follow(page, stage));
      await test.step("a guest link opens for a stranger", () => share(page, stage));
      await test.step("a screen is paired", () => pair(page, stage));
      await test.step("pages of settings", async () => {
        for (const path of PAGES) await stage.below.visit(page, path);
      });
      await test.step("sign-in without scripts", () => signInWithoutScripts(stage));
      await test.step("sign-in through a provider", () => signInThroughProvider(stage));
      await test.step("programs", () => askAsProgram(page, stage));
      await test.step("a client is known by its own address", () => guess(stage));
      await test.step("signing out", () => signOut(page, stage));
    });
  });
}

async function signInFirst(page: Page, { url, rollcall, below }: Stage): Promise<void> {
  await page.goto(`${url}/endpoints/${ENDPOINT}?from=chat#events`);
  await expect(page).toHaveURL(
    `${url}/sign-in?to=${encodeURIComponent(`/rollcall/endpoints/${ENDPOINT}?from=chat`)}#events`,
  );
  await below.collect(page);
  await page.getByLabel("Account").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(firstPassword(rollcall));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page).toHaveURL(`${url}/endpoints/${ENDPOINT}?from=chat#events`);
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name)).toContain("__Secure-rollcall-session");
  expect(new Set(cookies.map(({ path }) => path))).toEqual(new Set(["/rollcall"]));
}

async function rollOut(page: Page, { url, simulator, below }: Stage): Promise<void> {
  const main = page.getByRole("main");
  await expect(main.getByText(/v8 is done/).first()).toBeVisible();
  await simulator.deploy(ENDPOINT, { version: 9, replicas: 12, msPerReplica: 300 });
  await expect(main.getByText(/v9 is done/).first()).toBeVisible();
  await below.collect(page);
  await main.getByRole("checkbox", { name: "Compare v9" }).check();
  await main.getByRole("checkbox", { name: "Compare v8" }).check();
  await main.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page).toHaveURL(/\/rollcall\/endpoints\/[^/]+\/rollouts\/[0-9a-f-]+\?with=[0-9a-f-]+$/);
  await expect(main.getByRole("combobox", { name: "Compare with" })).toContainText(/v8, done/);
  await below.collect(page);
  await page.goto(url);
  await expect(page.getByRole("link", { name: "Endpoints" }).first()).toHaveAttribute("aria-current", "page");
}

async function follow(page: Page, { url, below }: Stage): Promise<void> {
  let documents = 0;
  page.on("request", (request) => (documents += request.isNavigationRequest() ? 1 : 0));
  await page.getByRole("main").getByRole("link", { name: ENDPOINT }).first().click();
  await expect(page).toHaveURL(`${url}/endpoints/${ENDPOINT}`);
  await expect(page.getByText(/v9 is done/).first()).toBeVisible();
  await page.getByRole("banner").getByRole("link", { name: "Screens" }).click();
  await expect(page).toHaveURL(`${url}/screens`);
  await page.getByRole("banner").getByRole("link", { name: "Endpoints" }).click();
  await expect(page).toHaveURL(new RegExp(`^${url}/?$`));
  await expect(page.getByRole("main").getByRole("link", { name: ENDPOINT }).first()).toBeVisible();
  expect(documents).toBe(0);
  await below.collect(page);
}

async function share(page: Page, { url, below, open }: Stage): Promise<void> {
  await below.visit(page, `/endpoints/${ENDPOINT}`);
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByLabel(/^Label/).fill("On call");
  await page.getByRole("button", { name: "Create link" }).click();
  const address = page.getByText(/\/share\/[\w-]{43}$/);
  await expect(address).toBeVisible();
  const link = (await address.textContent()) ?? "";
  expect(link.startsWith(`${url}/share/`)).toBe(true);
  const stranger = await open();
  await below.visit(stranger, link.slice(url.length));
  await expect(stranger.getByText(/v9 is done/).first()).toBeVisible();
  await expect(stranger.locator(".recharts-surface").first()).toBeVisible();
  const picture = await stranger.locator('meta[property="og:image"]').getAttribute("content");
  expect((await stranger.request.get(picture ?? "")).headers()["content-type"]).toBe("image/png");
  const manifest = await stranger
    .locator('link[rel="manifest"]')
    .evaluate((node) => node.getAttribute("href"));
  const manifestUrl = new URL(manifest ?? "", url).href;
  const manifestSchema = z.object({
    start_url: z.string(),
    scope: z.string(),
    icons: z.array(z.object({ src: z.string() })),
  });
  const app = manifestSchema.parse(await (await stranger.request.get(manifestUrl)).json());
  expect(new URL(app.start_url, manifestUrl).href).toBe(`${url}/`);
  expect(new URL(app.scope, manifestUrl).href).toBe(`${url}/`);
  for (const { src } of app.icons) {
    const icon = await stranger.request.get(new URL(src, manifestUrl).href);
    expect([icon.status(), new URL(icon.url()).pathname.startsWith("/rollcall/")]).toEqual([200, true]);
  }
  await stranger.context().close();
}

async function pair(page: Page, { url, below, open }: Stage): Promise<void> {
  below.complaints.expect(/status of 401/);
  const wall = await open();
  await wall.goto(`${url}/wall`);
  const code = wall.getByText(/^[B-Z]{4}-[B-Z]{4}$/);
  await expect(code).toBeVisible();
  await below.collect(wall);
  await expect(wall.getByText(`${new URL(url).host}/rollcall/pair`)).toBeVisible();
  await page.goto(`${url}/pair?code=${(await code.textContent()) ?? ""}`);
  await page.getByLabel(/^Name/).fill("Kitchen");
  await page.getByRole("button", { name: "Approve screen" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kitchen is paired.");
  await expect(wall.getByText(ENDPOINT)).toBeVisible();
  await below.collect(wall);
  await below.visit(wall, "/wall/basic");
  await expect(wall.getByText(ENDPOINT)).toBeVisible();
  await wall.context().close();
}

async function signInWithoutScripts({ url, below, open }: Stage): Promise<void> {
  const bare = await open({ javaScriptEnabled: false });
  await bare.goto(`${url}/screens`);
  await bare.getByLabel("Account").fill("admin");
  await bare.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await bare.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(bare).toHaveURL(`${url}/screens`);
  await bare.goto(`${url}/sign-in`);
  await expect(bare).toHaveURL(new RegExp(`^${url}/?$`));
  await below.visit(bare, "/");
  await bare.context().close();
}

async function signInThroughProvider({ url, below, open }: Stage): Promise<void> {
  const person = await open();
  // The provider's own pages want a font from elsewhere and have no icon.
  await person.route(/googleapis/, (route) => route.abort());
  below.complaints.expect(/fonts\.googleapis|favicon\.ico/);
  await person.goto(`${url}/endpoints/${ENDPOINT}`);
  await person.getByRole("button", { name: "Sign in with Example SSO" }).click();
  await proveToBe(person, "ada");
  await expect(person).toHaveURL(`${url}/endpoints/${ENDPOINT}`);
  await expect(person.getByText(/v9 is done/).first()).toBeVisible();
  // The provider shares the host: cookies are the same for every port.
  const cookies = (await person.context().cookies()).filter(({ name }) => /rollcall|next-auth/.test(name));
  expect(cookies.map(({ name }) => name)).toContain("__Secure-next-auth.csrf-token");
  expect(new Set(cookies.map(({ path }) => path))).toEqual(new Set(["/rollcall"]));
  await person.context().close();
}

async function askAsProgram(page: Page, { url, rollcall }: Stage): Promise<void> {
  const { request } = page;
  const status = async (address: string) => (await request.get(address, { maxRedirects: 0 })).status();
  for (const path of ["/livez", "/readyz"]) {
    expect(await status(`${url}${path}`)).toBe(200);
    expect(await status(`${rollcall.url}${path}`)).toBe(200);
    expect(await status(`${rollcall.url}/rollcall${path}`)).toBe(200);
  }
  expect(await status(`${url}/badge/${ENDPOINT}.svg`)).toBe(200);
  expect(await status(`${url}/robots.txt`)).toBe(200);
  expect(await status(`${url}/api/v1/openapi.json`)).toBe(200);
  const outside = await request.get(`${rollcall.url}/endpoints/${ENDPOINT}`);
  expect(outside.status()).toBe(404);
  expect(await outside.text()).toContain(url);
  const created = await request.post(`${url}/api/v1/tokens`, {
    headers: { origin: new URL(url).origin },
    data: { name: "ci", scopes: ["read"], orgs: null, lifetime: "month" },
  });
  const { value } = z.object({ value: z.string() }).parse(await created.json());
  const wait = promisify(execFile)(process.execPath, ["public/cli/wait.mjs", ENDPOINT, "--url", url], {
    env: { ...process.env, ROLLCALL_TOKEN: value, NODE_TLS_REJECT_UNAUTHORIZED: "0" },
  });
  expect((await wait).stdout).toMatch(new RegExp(`${url}/endpoints/[^]*It is done`));
}

/** The proxy appends the address it sees, so one that a client claims to forward for does not count. */
async function guess({ url }: Stage): Promise<void> {
  const from = (localAddress: string, forged: string) =>
    new Promise<number | undefined>((answered, failed) => {
      const asked = request(
        `${url}/api/v1/sign-in`,
        {
          ...{ localAddress, family: 4, method: "POST", rejectUnauthorized: false },
          headers: { origin: new URL(url).origin, "x-forwarded-for": forged },
        },
        (answer) => answered(answer.resume().statusCode),
      );
      asked.on("error", failed).end(JSON.stringify({ account: "mallory", password: "wrong" }));
    });
  const statuses = [];
  for (let nth = 0; nth < 12; nth += 1) statuses.push(await from("127.0.0.5", `203.0.113.${nth}`));
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429]);
  expect(await from("127.0.0.6", "203.0.113.1")).toBe(403);
}

async function signOut(page: Page, { url, below }: Stage): Promise<void> {
  await below.visit(page, "/account");
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${url}/sign-in`);
  await page.goto(url);
  await expect(page).toHaveURL(/\/rollcall\/sign-in\?to=/);
}
