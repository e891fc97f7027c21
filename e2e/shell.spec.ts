import type { BrowserContext, Page } from "@playwright/test";

import { violationsInEveryTheme } from "./support/accessibility";
import { enter, firstPassword, PASSWORD, SIGN_IN } from "./support/people";
import type { Rollcall } from "./support/rollcall";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const PHONE = { width: 390, height: 844 };

const header = (page: Page) => page.getByRole("banner");
const mainLinks = (page: Page) => page.getByRole("navigation", { name: "Main" });
const openMenu = (page: Page, name: string) => header(page).getByRole("button", { name }).click();

/** Opens the fleet once it has the endpoint. */
async function openFleet(page: Page): Promise<void> {
  const path = `/api/v1/endpoints/${ENDPOINT}`;
  await expect.poll(async () => (await page.request.get(path)).status()).toBe(200);
  await page.goto("/");
}

/** Opens each page of the header by clicking, starting at the fleet. */
async function clickThroughPages(page: Page, openLinks: () => Promise<void>): Promise<void> {
  for (const [word, path] of [
    ["Screens", "/screens"],
    ["Diagnostics", "/doctor"],
    ["Audit log", "/audit"],
    ["Endpoints", "/"],
  ] as const) {
    const link = mainLinks(page).getByRole("link", { name: word });
    await openLinks();
    await link.click();
    await expect(page).toHaveURL((url) => url.pathname === path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await openLinks();
    await expect(link).toHaveAttribute("aria-current", "page");
    await page.keyboard.press("Escape");
  }
  const opened = page.waitForEvent("popup");
  await openLinks();
  await mainLinks(page).getByRole("link", { name: "Wall" }).click();
  const wall = await opened;
  await expect(wall.locator("main.wall-picture")).toBeVisible();
  await wall.close();
}

/** From the fleet to an endpoint, to one of its rollouts, and back by the path. */
async function clickToRollout(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: ENDPOINT }).click();
  await expect(new EndpointScreen(page).says(/v8/)).toBeVisible();
  await page.getByRole("main").locator('a[href*="/rollouts/"]').first().click();
  await expect(page).toHaveURL(/\/rollouts\//);
  await page.getByRole("navigation", { name: "Path" }).getByRole("link", { name: ENDPOINT }).click();
  await expect(page).toHaveURL(new RegExp(`/endpoints/${ENDPOINT}$`));
  await page.getByRole("navigation", { name: "Path" }).getByRole("link", { name: "Endpoints" }).click();
  await expect(page.getByRole("table", { name: "Endpoints" })).toBeVisible();
}

async function signInAsAdministrator(context: BrowserContext, rollcall: Rollcall): Promise<string> {
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url: rollcall.url }]);
  return cookie;
}

test.describe("in open access", () => {
  test("every page is found by clicking, and the menu says what open access means", async ({ page }) => {
    await openFleet(page);
    await clickThroughPages(page, () => Promise.resolve());
    await clickToRollout(page);
    await openMenu(page, "Open access");
    await expect(header(page).getByText(/without signing in/)).toBeVisible();
    await expect(header(page).getByRole("button", { name: "Sign out" })).toHaveCount(0);
    expect(await violationsInEveryTheme(page)).toEqual([]);
  });

  test("on a phone one menu leads to every page, and everything in the header is 40 px high", async ({
    page,
  }) => {
    await page.setViewportSize(PHONE);
    await openFleet(page);
    const heights = await header(page)
      .locator("a:visible, button:visible")
      .evaluateAll((targets) => targets.map((target) => target.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
    await clickThroughPages(page, () => openMenu(page, "Menu"));
  });

  test("the menu opens without scripts", async ({ browser, page, rollcall }) => {
    await openFleet(page);
    const context = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
    const bare = await context.newPage();
    await bare.setViewportSize(PHONE);
    await bare.goto("/");
    await openMenu(bare, "Menu");
    await expect(header(bare).getByText(/without signing in/)).toBeVisible();
    await expect(header(bare).getByRole("button", { name: /Find|Dark/ })).toHaveCount(0);
    await mainLinks(bare).getByRole("link", { name: "Screens" }).click();
    await expect(bare).toHaveURL(/\/screens$/);
    await context.close();
  });

  test("a page replaces another without a new document, and shows the present", async ({
    page,
    simulator,
  }) => {
    const screen = new EndpointScreen(page);
    await openFleet(page);
    await page.evaluate(() => (document.documentElement.dataset["kept"] = "yes"));
    await page.getByRole("main").getByRole("link", { name: ENDPOINT }).click();
    await expect(screen.says(/v8 is done|v8 is live/)).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(ENDPOINT));
    await page.getByRole("navigation", { name: "Path" }).getByRole("link", { name: "Endpoints" }).click();
    await expect(page.getByRole("table", { name: "Endpoints" })).toBeVisible();
    await simulator.deploy(ENDPOINT, { version: 9 });
    await expect(page.getByRole("table", { name: "Endpoints" })).toContainText("v9");
    await page.goBack();
    await expect(screen.says(/v9 is rolling out/)).toBeVisible();
    await expect(screen.main).toHaveAttribute("data-freshness", "live");
    expect(await page.evaluate(() => document.documentElement.dataset["kept"])).toBe("yes");
  });

  test("the command menu finds endpoints, pages and actions by keyboard, and gives the focus back", async ({
    page,
  }) => {
    await openFleet(page);
    const find = header(page).getByRole("button", { name: "Find" });
    await find.focus();
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", { name: "Find endpoints, pages and actions" });
    await expect(field).toBeFocused();
    await page.keyboard.type("32 qwen");
    const options = page.getByRole("dialog", { name: "Find" }).getByRole("option");
    await expect(options).toHaveCount(1);
    await expect(options).toHaveAttribute("aria-selected", "true");
    await expect(options).toContainText(ENDPOINT);
    expect(await violationsInEveryTheme(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(field).toHaveCount(0);
    await expect(find).toBeFocused();

    await page.keyboard.press("Control+k");
    await page.keyboard.type("theme");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("option", { name: /Dark theme/ })).toHaveAttribute("aria-selected", "true");
    // Keys that come faster than the browser says that the dialog is closed.
    await field.evaluate(async (input) => {
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      await Promise.resolve();
      const again = { key: "k", ctrlKey: true, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent("keydown", again));
    });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(field).toBeFocused();
    await page.keyboard.type(ENDPOINT);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/endpoints/${ENDPOINT}$`));
    await expect(new EndpointScreen(page).says(/v8/)).toBeVisible();
  });

  test("a check that fails is marked in the header of an open page, in words, too", async ({
    page,
    simulator,
  }) => {
    await openFleet(page);
    const link = mainLinks(page).getByRole("link", { name: /Diagnostics/ });
    await expect(link).toHaveAccessibleName("Diagnostics");
    await simulator.acceptKeys("another-key");
    await expect(link).toHaveAccessibleName(/Diagnostics \(\d checks? fails?\)/, { timeout: 40_000 });
  });
});

test.describe("signed in", () => {
  test.use({ settings: SIGN_IN });

  test("every page is found by clicking, and the menu leads to the account and signs out", async ({
    page,
    context,
    rollcall,
  }) => {
    await signInAsAdministrator(context, rollcall);
    await openFleet(page);
    await clickThroughPages(page, () => Promise.resolve());
    await clickToRollout(page);
    await openMenu(page, "admin");
    await expect(header(page).getByText("Administrator")).toBeVisible();
    expect(await violationsInEveryTheme(page)).toEqual([]);
    await header(page).getByRole("link", { name: "Sessions and password" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("admin · Administrator");
    await expect(page.getByText(/^You manage people, sessions and screens/)).toBeVisible();
    await openMenu(page, "admin");
    await header(page).getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await expect(header(page).getByRole("button", { name: "Find" })).toHaveCount(0);
  });

  test("a link clicked after the session ended leads to a new document, which knows nothing of it", async ({
    page,
    context,
    rollcall,
    complaints,
  }) => {
    // Between two documents, the tab has no icon.
    complaints.expect(/status of 40[01]|favicon\.ico/);
    const cookie = await signInAsAdministrator(context, rollcall);
    await openFleet(page);
    await page.evaluate(() => (document.documentElement.dataset["kept"] = "yes"));
    const ended = await fetch(`${rollcall.url}/api/v1/sessions`, {
      method: "DELETE",
      headers: { cookie, origin: rollcall.url, "content-type": "application/json" },
    });
    expect(ended.status).toBe(200);
    await mainLinks(page).getByRole("link", { name: "Screens" }).click();
    await expect(page).toHaveURL(`${rollcall.url}/sign-in?to=%2Fscreens`);
    await expect(page.getByLabel("Account")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.dataset["kept"])).toBeUndefined();
    await expect(mainLinks(page)).toHaveCount(0);
  });
});
