import type { Page } from "@playwright/test";
import { violationsInEveryTheme } from "./support/accessibility";
import { fleetRows } from "./support/fleet";
import { makeLink } from "./support/people";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/shared-test";
import { expect as expectOwn, test as ownTest } from "./support/test";

const GOING_ON = ["acme-not-started", "acme-in-progress", "acme-rolling-back", "acme-unknown"];
const OVER = ["acme-rolled-back", "acme-done", "acme-error", "acme-cancelled"];
async function showRawReply(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Show the reply" }).click();
  await expect(page.getByLabel("Raw reply", { exact: true })).toBeVisible();
}

for (const id of GOING_ON) {
  test(`the page of ${id} is accessible in both themes, narrow and wide`, async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open(id);
    await expect(screen.liveCurves).toBeVisible();
    await screen.showTable();
    await showRawReply(page);
    expect(await violationsInEveryTheme(page)).toEqual([]);
  });
}

for (const id of OVER) {
  test(`the page of ${id}, ended before the first poll, is accessible in every theme`, async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open(id);
    await expect(screen.says(/it wasn’t recorded/)).toBeVisible();
    await expect(screen.chart).toHaveCount(0);
    await showRawReply(page);
    expect(await violationsInEveryTheme(page)).toEqual([]);
  });
}

test("the page of one rollout is accessible in both themes, narrow and wide", async ({ page }) => {
  const screen = new EndpointScreen(page);
  await screen.open("acme-in-progress");
  await screen.section("Rollouts").getByRole("link").first().click();
  // Until then the endpoint's page is still there, with another chart.
  await expect(page).toHaveURL(/\/rollouts\//);
  await expect(screen.liveCurves).toBeVisible();
  await screen.main.getByRole("slider").press("Home");
  await screen.showTable();
  expect(await violationsInEveryTheme(page)).toEqual([]);
});

test("the list of endpoints is accessible in both themes, narrow and wide", async ({ page }) => {
  await page.goto("/");
  await expect(fleetRows(page)).toHaveCount(8);
  expect(await violationsInEveryTheme(page)).toEqual([]);
});

test("the list in groups, the keys and a search without match are accessible", async ({ page }) => {
  await page.goto("/?group=arch&density=dense");
  await expect(page.getByRole("heading", { level: 2 })).not.toHaveCount(0);
  expect(await violationsInEveryTheme(page)).toEqual([]);
  await page.getByText("View", { exact: true }).click();
  expect(await violationsInEveryTheme(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  expect(await violationsInEveryTheme(page)).toEqual([]);
  await page.goto("/?search=nowhere");
  await expect(page.getByText(/No endpoints match/)).toBeVisible();
  expect(await violationsInEveryTheme(page)).toEqual([]);
});

/** The remaining pages of open access, and what is on them once they are whole. */
const OTHER_PAGES = {
  "/doctor": "main li",
  "/audit": "h1",
  "/screens": "h1",
  "/people": "h1",
  "/tokens": "h1",
  "/wall": "main[data-freshness=live] li",
  "/wall/basic": "h1",
  "/share/nothing": "h1",
  "/nowhere": "h1",
  "/endpoints/acme-nobody": "h1",
  "/endpoints/acme-done/rollouts/nowhere": "h1",
};

test("every other page of open access is accessible in both themes, narrow and wide", async ({
  page,
  complaints,
}) => {
  test.setTimeout(120_000);
  complaints.expect(/Failed to load resource: the server responded with a status of 404/);
  const found: string[] = [];
  for (const [path, content] of Object.entries(OTHER_PAGES)) {
    await page.goto(path);
    await expect(page.locator(content).first()).toBeVisible();
    // Without scripts a page is only current if it is loaded again.
    const except = path === "/wall/basic" ? ["meta-refresh"] : [];
    found.push(...(await violationsInEveryTheme(page, { except })));
  }
  expect(found).toEqual([]);
});

test("menus, and what a guest sees of a rollout, are accessible in both themes", async ({
  page,
  rollcall,
}) => {
  await page.goto("/");
  const header = page.getByRole("banner");
  await header.getByRole("button", { name: "Find" }).click();
  await page.getByRole("combobox", { name: "Find endpoints, pages and actions" }).fill("acme");
  await expect(page.getByRole("dialog", { name: "Find" }).getByRole("option").first()).toBeVisible();
  expect(await violationsInEveryTheme(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 390, height: 900 });
  await header.getByRole("button", { name: "Menu" }).click();
  await expect(header.getByText(/without signing in/)).toBeVisible();
  expect(await violationsInEveryTheme(page)).toEqual([]);
  const { url } = await makeLink(rollcall, "acme-in-progress");
  const guest = new EndpointScreen(page);
  await page.goto(url);
  await guest.section("Rollouts").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/rollouts\//);
  await expect(guest.liveCurves).toBeVisible();
  expect(await violationsInEveryTheme(page)).toEqual([]);
});

test("pages that failed to render are accessible in both themes", async ({ page, complaints }) => {
  complaints.expect(/cannot (sort|listen)|Minified React error|favicon\.ico/);
  await page.addInitScript(() => {
    Array.prototype.toSorted = () => {
      throw new TypeError("cannot sort");
    };
    // Otherwise they try again in the middle of the check.
    const wait = window.setTimeout.bind(window);
    const waitShortly = (act: TimerHandler, ms = 0) => (ms < 10_000 ? wait(act, ms) : 0);
    Object.assign(window, { setTimeout: waitShortly });
  });
  for (const [path, heading] of Object.entries({ "/": /couldn’t be shown/, "/wall": /has been down/ })) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    expect(await violationsInEveryTheme(page)).toEqual([]);
  }
  // Breaks the layout around every page.
  await page.addInitScript(() => {
    const addListener = () => {
      throw new TypeError("cannot listen");
    };
    Object.assign(MediaQueryList.prototype, { addListener });
  });
  const load = async () => {
    await page.goto("/doctor");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/couldn’t be shown/);
    await expect(page.getByRole("banner")).toHaveCount(0);
  };
  expect(await violationsInEveryTheme(page, { load })).toEqual([]);
});

const ODD = {
  "missing-counts": "acme-qwen-3-32b",
  "seven-of-five": "acme-qwen-3-32b",
  "nothing-deployed": "acme-qwen-3-32b",
  overlapping: "acme-qwen-3-32b",
  "hostile-text": "acme-qwen-3-32b",
};

for (const [scenario, id] of Object.entries(ODD)) {
  ownTest.describe(scenario, () => {
    ownTest.use({ scenario });

    ownTest("is accessible in both themes, narrow and wide", async ({ page }) => {
      await new EndpointScreen(page).open(id);
      await expectOwn(page.getByRole("main")).toHaveAttribute("data-freshness", "live");
      expectOwn(await violationsInEveryTheme(page)).toEqual([]);
    });
  });
}

ownTest.describe("an upstream that is down", () => {
  ownTest.use({ scenario: "stuck" });

  ownTest("is accessible while delayed and while blind", async ({ page, simulator }) => {
    const screen = new EndpointScreen(page);
    await screen.open("acme-qwen-3-32b");
    await simulator.fault({ kind: "status", status: 401 });
    await expectOwn(screen.main).toHaveAttribute("data-freshness", "blind");
    expectOwn(await violationsInEveryTheme(page)).toEqual([]);
    await page.goto("/");
    await expectOwn(page.getByRole("heading", { level: 1 })).toHaveText(/Blind/);
    expectOwn(await violationsInEveryTheme(page)).toEqual([]);
  });
});
