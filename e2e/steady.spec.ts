import type { BrowserContext, Page } from "@playwright/test";

import { recordAnnouncements, takeAnnouncements } from "./support/announcements";
import { recordShifts, takeShifts } from "./support/layout-shifts";
import { EndpointScreen } from "./support/screen";
import { targetsOf } from "./support/targets";
import { expect, test } from "./support/test";

const MOVING = "acme-qwen-3-32b";
const WIDTHS = [390, 1280, 1920];

// A minute of rollouts in twelve seconds.
const SPEED = 5;
const WATCHED_MS = 60_000 / SPEED;

test.use({ scenario: "demo", speed: SPEED });

/** The endpoint's page at every width, loaded and drawn. */
async function openAll(context: BrowserContext) {
  const pages: { name: string; page: Page }[] = [];
  for (const width of WIDTHS) {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: width === 1920 ? 1080 : 800 });
    await recordShifts(page);
    await recordAnnouncements(page);
    await new EndpointScreen(page).open(MOVING);
    await expect(page.getByRole("main")).toHaveAttribute("data-freshness", "live", { timeout: 20_000 });
    pages.push({ name: `endpoint ${width}`, page });
  }
  for (const { page } of pages) {
    await expect(page.locator(".recharts-surface").first()).toBeVisible();
    await takeShifts(page);
    await takeAnnouncements(page);
  }
  return pages;
}

test("nothing shifts and nothing is announced twice during rollouts, an outage and its end", async ({
  context,
  simulator,
}) => {
  test.setTimeout(120_000);
  const pages = await openAll(context);
  const start = performance.now();
  await expect.poll(() => performance.now() - start, { timeout: 2 * WATCHED_MS }).toBeGreaterThan(WATCHED_MS);
  await simulator.fault({ kind: "status", status: 503 });
  for (const { page } of pages)
    await expect(page.getByRole("main")).toHaveAttribute("data-freshness", "blind", { timeout: 30_000 });
  await simulator.clearFaults();
  for (const { page } of pages)
    await expect(page.getByRole("main")).toHaveAttribute("data-freshness", "live", { timeout: 30_000 });
  for (const { name, page } of pages) {
    const { sum, moved } = await takeShifts(page);
    // Each further gap of a rollout, which a loaded machine adds, takes a line below the chart and gives it back.
    expect(sum, [name, ...moved].join("\n")).toBeLessThan(0.02);
    const texts = (await takeAnnouncements(page)).map(({ text }) => text);
    expect(
      texts.filter((text) => /^Blind|cannot be seen/.test(text)),
      name,
    ).toHaveLength(1);
    expect(
      texts.filter((text) => text.startsWith("Delayed")),
      name,
    ).toEqual([]);
    expect(texts.at(-1), name).toMatch(/^v\d+ is/);
  }
});

test("everything that reacts to a click is at least 24 px high and wide", async ({ page }) => {
  await new EndpointScreen(page).open(MOVING);
  const small: string[] = [];
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ["/", `/endpoints/${MOVING}`, "/screens", "/doctor", "/audit"]) {
      await page.goto(path);
      await expect(page.getByRole("main")).toBeVisible();
      for (const { size, element } of await targetsOf(page))
        if (size < 24) small.push(`${path} ${width}: ${size} px: ${element}`);
    }
  }
  expect(small).toEqual([]);
});
