import type { Page } from "@playwright/test";

import { expect, test } from "./support/shared-test";

const POLLS = /\/api\/v1\/endpoints(\?|$)/;
const SOON = { timeout: 60_000 };

test.use({ scenario: "stuck" });

async function isCurrent(page: Page): Promise<void> {
  await expect(page.locator("main.wall-picture")).toHaveAttribute("data-freshness", "live", SOON);
  const observedAt = page.locator(".wall-clock time");
  await expect
    .poll(async () => Date.now() - Date.parse((await observedAt.getAttribute("datetime")) ?? ""))
    .toBeLessThan(10_000);
}

test("a wall that failed to render shows when it failed, and recovers by itself", async ({
  page,
  complaints,
}) => {
  complaints.expect(/cannot sort|Minified React error|favicon\.ico/);
  await page.clock.install();
  await page.addInitScript(() => {
    if (window.name === "drawn once") return;
    window.name = "drawn once";
    // An old television's browser may fail like this on newer features.
    Array.prototype.toSorted = () => {
      throw new TypeError("cannot sort");
    };
  });
  await page.goto("/wall");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    /^This wall has been down since \d\d:\d\d:\d\d\.$/,
  );
  await page.clock.fastForward(11_000);
  await isCurrent(page);
});

test("a wall whose scripts failed to load says so and reloads", async ({ page, complaints }) => {
  complaints.expect(/Failed to load resource: net::ERR_FAILED/);
  await page.clock.install();
  const scripts = "**/_next/static/**/*.js";
  await page.route(scripts, (route) => route.abort());
  await page.goto("/wall");
  const note = page.getByRole("alert").filter({ hasText: "has not been updated since" });
  await expect(note).toContainText("It reloads by itself as soon as the server answers.");
  await page.unroute(scripts);
  await page.clock.fastForward(11_000);
  await isCurrent(page);
  await expect(note).toHaveCount(0);
});

test("a wall without storage reloads once for a new build and continues", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["sessionStorage", "localStorage"])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException("refused", "SecurityError");
        },
      });
    // Removes the random delay of up to half a minute that spreads the reloads of screens.
    Math.random = () => 0;
  });
  await page.route(POLLS, async (route) => {
    const response = await route.fetch({ headers: { ...route.request().headers(), "if-none-match": "" } });
    const body = (await response.text()).replaceAll(/"build":"[^"]*"/g, '"build":"another"');
    await route.fulfill({ response, body });
  });
  let loads = 0;
  page.on("domcontentloaded", () => (loads += 1));
  await page.goto("/wall");
  await expect.poll(() => loads, SOON).toBe(2);
  for (let turn = 0; turn < 3; turn += 1)
    await page.waitForResponse((response) => POLLS.test(response.url()));
  await isCurrent(page);
  expect(loads).toBe(2);
});
