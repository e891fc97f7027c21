import type { Page } from "@playwright/test";

import { onFleet } from "./support/fleet-stage";
import { expect, test } from "./support/shared-test";
import { test as ownTest } from "./support/test";

const lines = (page: Page) => page.locator("main li[data-state]");

test.use({ scenario: "fleet", settings: { CEREBRAS_ORG: "acme" } });

async function open(page: Page, query = ""): Promise<void> {
  const reported = async () => (await page.request.get("/api/v1/endpoints")).text();
  await expect.poll(async () => (await reported()).match(/"observedAt":"/g)?.length).toBe(20);
  await page.goto(`/${query}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/20 endpoints: 1 has failed/);
  // Only scripts know which theme was chosen, so shortcuts work from now on.
  await expect(page.getByRole("button", { name: "Auto" })).toHaveAttribute("aria-pressed", "true");
}

test.describe("a fleet of forty", () => {
  // The tests share one Rollcall, in one worker.
  test.describe.configure({ mode: "default" });

  test("shows what fails and moves first; search and filters are in the address", async ({ page }) => {
    await open(page);
    await expect(lines(page)).toHaveCount(20);
    await expect(lines(page).first()).toHaveAttribute("data-state", "error");
    await expect(page).toHaveTitle(/1 has failed/);
    await page.getByRole("searchbox", { name: "Search" }).fill("qwen batch");
    await expect(page).toHaveURL(/\?search=qwen%20batch$/);
    await expect(lines(page)).toHaveCount(1);
    await page.getByRole("searchbox", { name: "Search" }).fill("");
    await page.getByLabel("Status").selectOption("Failed");
    await expect(page).toHaveURL(/\?status=error$/);
    await expect(lines(page)).toHaveCount(1);
    await page.reload();
    await expect(lines(page)).toHaveCount(1);
    await expect(page.getByLabel("Status")).toHaveValue("error");
    await expect(page).toHaveTitle(/20 endpoints: 1 has failed/);
  });

  test("groups by architecture, even without scripts", async ({ page, browser, rollcall }) => {
    await open(page);
    const context = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
    const bare = await context.newPage();
    await bare.goto("/?group=arch&sort=name&search=search");
    const names = await bare.getByRole("heading", { level: 2 }).allTextContents();
    expect(names.length).toBeGreaterThan(2);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b)));
    for (const line of await lines(bare).allTextContents()) expect(line).toContain("-search");
    await context.close();
  });

  test("a search without a match can be cleared", async ({ page }) => {
    await open(page, "?search=nowhere&density=dense");
    await expect(page.getByText(/No endpoints match/)).toBeVisible();
    await page.getByRole("button", { name: "Show all 20" }).click();
    await expect(lines(page)).toHaveCount(20);
    await expect(page).toHaveURL(/\?density=dense$/);
  });

  test("works by keyboard", async ({ page }) => {
    await open(page);
    await expect(page.locator("main")).toHaveAttribute("data-freshness", "live");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox")).toBeFocused();
    await page.keyboard.type("support");
    await expect(page).toHaveURL(/\?search=support$/);
    await expect(page.getByRole("searchbox")).toHaveValue("support");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await expect(lines(page).first().getByRole("link")).toBeFocused();
    const id = await lines(page).first().locator(".font-mono").textContent();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/endpoints/${id ?? "none"}$`));
  });
});

// On a separate server, because the shared fleet keeps changing.
ownTest.describe("a fleet that has just started", () => {
  ownTest.use({ scenario: "fleet" });

  ownTest("a change of one endpoint redraws no other line", async ({ page, simulator }) => {
    await open(page);
    const line = lines(page).filter({ hasText: "acme-llama-3.3-70b-support" });
    await expect(line).toHaveAttribute("data-state", "done");
    await page.evaluate(() => {
      const touched = new Set<string>();
      Reflect.set(window, "touched", touched);
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const name = element?.closest("li")?.querySelector(".font-mono")?.textContent;
          const isAge = element?.closest("li a > span:last-child") !== null;
          if (name !== undefined && !isAge) touched.add(name);
        }
      }).observe(document.querySelector("main ul") ?? document, {
        ...{ subtree: true, childList: true, attributes: true, characterData: true },
      });
    });
    await simulator.deploy("acme-llama-3.3-70b-support", { version: 99, msPerReplica: 600_000 });
    await expect(line).toHaveAttribute("data-state", /not_started|in_progress/);
    const touched = await page.evaluate((): string[] => {
      const found: unknown = Reflect.get(window, "touched");
      return found instanceof Set ? [...found].map(String) : [];
    });
    expect(touched).toContain("acme-llama-3.3-70b-support");
    expect(touched.filter((id) => /acme-zai|acme-qwen/.test(id))).toEqual([]);
  });
});

// Its figures are those of `npm run bench -- fleet`.
ownTest("a fleet of a thousand is walked through, searched and kept up to date", async ({ browser }) => {
  ownTest.setTimeout(180_000);
  await onFleet(
    { size: 1000, variation: "failing" },
    async ({ rollcall, simulator }) => {
      const context = await browser.newContext({ baseURL: rollcall.url });
      const page = await context.newPage();
      await page.goto("/?sort=name");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/1,?000 endpoints: 1 has failed/);
      await expect(lines(page).first()).toHaveAttribute("aria-setsize", "1000");
      expect(await lines(page).count()).toBeLessThan(120);
      const room = () => page.evaluate(() => document.documentElement.scrollHeight);
      expect(await room()).toBeGreaterThan(20_000);

      await page.getByRole("searchbox").focus();
      for (let step = 0; step < 60; step += 1) await page.keyboard.press("ArrowDown");
      const focused = page.locator("main li[data-state]:has(a:focus)");
      await expect(focused).toHaveAttribute("aria-posinset", "60");
      await expect(focused).toBeInViewport();

      // Lines are measured as they become visible, so the end may move a little while scrolling.
      const last = page.locator("main li[aria-posinset='1000']");
      await expect(async () => {
        await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
        await expect(last).toBeInViewport({ timeout: 1_000 });
      }).toPass({ timeout: 20_000 });

      const ids = (await simulator.endpointIds()).toSorted((a, b) => a.localeCompare(b));
      await page.getByRole("searchbox").fill(ids[500] ?? "");
      await expect(lines(page)).toHaveCount(1);
      const asked = page.waitForResponse(
        (response) => response.url().includes("?since=") && response.status() === 200,
      );
      await simulator.deploy(ids[500] ?? "", { version: 99, msPerReplica: 600_000 });
      await expect(lines(page)).toHaveAttribute("data-state", /not_started|in_progress/, {
        timeout: 30_000,
      });
      // All thousand take 1.2 megabytes. On a busy machine, some delayed ones are sent too.
      expect((await (await asked).body()).byteLength).toBeLessThan(500_000);
      await context.close();
    },
    { ROLLCALL_POLL_IDLE_SECONDS: "10", ROLLCALL_MAX_REQUESTS_PER_MINUTE: "100000" },
  );
});
