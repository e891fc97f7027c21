import { expect, test as base, type Page } from "@playwright/test";

import { Demo } from "./support/demo";

const test = base.extend<{ demo: Demo }>({
  demo: async ({}, use) => {
    const demo = await Demo.start();
    await use(demo);
    expect(await demo.end()).toBe(0);
  },
});

const headline = (page: Page) => page.getByRole("main").getByRole("heading", { level: 1 });
/** How much wider the page is than the window, px. */
function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test("each address that the demo prints shows what its phrase says", async ({ demo, page }) => {
  await page.goto(demo.address("Eight endpoints at a glance"));
  await expect(headline(page)).toContainText("8 endpoints");
  await expect(page.getByRole("complementary", { name: "Demo" })).toBeVisible();

  await page.goto(demo.address("A rollout that is moving"));
  await expect(headline(page)).toContainText(/v3\d is (rolling out|done|live|waiting)/);
  // A dozen rollouts of the last 30 days, recorded before the demo's start.
  await expect(page.getByRole("main")).toContainText("v27");
  // The predecessor's line goes on beyond the present; the page must not become wider for it.
  await expect.poll(() => sidewaysScroll(page)).toBe(0);

  await page.goto(demo.address("One that failed, and why"));
  await expect(headline(page)).toContainText("failed");
  await expect(page.getByRole("main")).toContainText("failed its readiness check");
  await expect(page.getByRole("figure").first()).toBeVisible();

  await page.goto(demo.address("One that is stuck"));
  await expect(headline(page)).toContainText(/stuck|No replica has moved/);

  await page.goto(demo.address("The wall screen"));
  await expect(page.getByRole("main")).toContainText("acme-llama3.1-8b");
  await expect(page.getByRole("complementary", { name: "Demo" })).toBeHidden();

  await page.goto(demo.address("What a guest sees"));
  await expect(page.getByRole("main")).toContainText("acme-qwen-3-32b");
  await expect(page.getByRole("complementary", { name: "Demo" })).toBeHidden();
});

test("the demo's strip shows a curve, an error, blindness and recovery in turn", async ({ demo, page }) => {
  test.setTimeout(120_000);
  const main = page.getByRole("main");
  await page.goto(demo.address("Eight endpoints at a glance"));
  await page.getByRole("button", { name: "Deploy a version" }).click();
  await expect(page).toHaveURL(/\/endpoints\/acme-qwen-3-235b$/);
  await expect(headline(page)).toContainText(/v19 is rolling out: [1-9]/, { timeout: 20_000 });
  await expect(page.getByRole("figure").first()).toBeVisible();

  await page.getByRole("button", { name: "Make it fail" }).click();
  await expect(headline(page)).toContainText("v19 failed", { timeout: 15_000 });
  await expect(main).toContainText("failed its readiness check");

  await page.getByRole("button", { name: "Cut Cerebras off" }).click();
  await expect(main).toContainText("Blind since", { timeout: 30_000 });
  await page.getByRole("button", { name: "Reconnect Cerebras" }).click();
  await expect(headline(page)).toContainText("v19 failed", { timeout: 20_000 });

  await page.getByRole("button", { name: "Open as guest" }).click();
  await expect(page).toHaveURL(/\/share\//);
  await expect(main).toContainText("acme-qwen-3-235b");
});

test("a newcomer invites a colleague, pairs a screen and revokes it by clicking", async ({
  demo,
  page,
  browser,
}) => {
  await page.goto(demo.address("Eight endpoints at a glance"));
  const pages = page.getByRole("navigation", { name: "Main" });
  await pages.getByRole("link", { name: "People" }).click();
  await page.getByRole("link", { name: "Try that in the demo with sign-in" }).click();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(headline(page)).toContainText("8 endpoints");
  const twin = new URL(page.url()).origin;
  expect(demo.address("The same, where people sign in")).toBe(`${twin}/sign-in`);

  await pages.getByRole("link", { name: "People" }).click();
  await page.getByLabel(/^Name/).fill("ada");
  await page.getByRole("button", { name: "Create link" }).click();
  await expect(page.getByRole("main")).toContainText(`${twin}/sign-in?`);

  const screen = await browser.newPage();
  await screen.goto(`${twin}/wall`);
  const code = screen.getByLabel(/^Code \S/);
  await expect(code).toHaveText(/^\w{4}-\w{4}$/);
  await pages.getByRole("link", { name: "Screens" }).click();
  await page.getByRole("link", { name: "enter the code" }).click();
  await page.getByLabel("Code on the screen").fill(await code.innerText());
  await page.getByLabel(/^Name/).fill("Kitchen");
  await page.getByRole("button", { name: "Approve screen" }).click();
  await expect(headline(page)).toHaveText("Kitchen is paired.");
  await expect(screen.getByRole("heading", { level: 1 })).toContainText("8 endpoints");
  await page.getByRole("link", { name: "See all screens" }).click();
  await page.getByRole("button", { name: "Revoke Kitchen" }).click();
  await expect(screen.getByRole("heading", { level: 1 })).toHaveText("This screen was disconnected.", {
    timeout: 15_000,
  });
  await screen.close();
});
