import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { fleetRows } from "./support/fleet";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/shared-test";
import { expect as expectOwn, test as ownTest } from "./support/test";

const GOING_ON = ["acme-not-started", "acme-in-progress", "acme-rolling-back", "acme-unknown"];
const OVER = ["acme-rolled-back", "acme-done", "acme-error", "acme-cancelled"];
const THEMES = ["light", "dark"] as const;
type Theme = (typeof THEMES)[number];
/** The themes differ in colors only, so every other rule finds the same in both. */
const COLOR_RULES = ["color-contrast", "link-in-text-block"];
const WIDTHS = [390, 1280];

/** The violations that axe finds, with their elements. In the second theme only those of color. */
async function violations(page: Page, theme: Theme): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (theme === "dark") axe.withRules(COLOR_RULES);
  const { violations: found } = await axe.analyze();
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

/** The violations in both themes, narrow and wide. */
async function violationsInEveryTheme(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await violations(page, colorScheme)).map((line) => `${colorScheme} ${width}: ${line}`));
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) found.push(`${colorScheme} ${width}: the page is ${overflow} px too wide`);
    }
  }
  return found;
}

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

test("the doctor's page is accessible in both themes, narrow and wide", async ({ page }) => {
  await page.goto("/doctor");
  await expect(page.getByRole("list", { name: "Checks" }).getByRole("listitem")).toHaveCount(10);
  expect(await violationsInEveryTheme(page)).toEqual([]);
});

test("the page of an unknown endpoint is accessible", async ({ page, complaints }) => {
  complaints.expect(/Failed to load resource: the server responded with a status of 404/);
  await page.goto("/endpoints/acme-nobody");
  expect(await violationsInEveryTheme(page)).toEqual([]);
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
