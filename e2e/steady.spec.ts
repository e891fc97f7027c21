import type { BrowserContext, Page } from "@playwright/test";

import { recordAnnouncements, takeAnnouncements } from "./support/announcements";
import { recordShifts, takeShifts } from "./support/layout-shifts";
import { EndpointScreen } from "./support/screen";
import { targetsOf } from "./support/targets";
import { expect, test } from "./support/test";

const MOVING = "acme-qwen-3-32b";
/** The live pages: their paths, and what they announce of an outage and after it. */
const LIVE = {
  endpoint: { path: `/endpoints/${MOVING}`, outage: /^Blind/, end: /^v\d+ is/ },
  fleet: { path: "/", outage: /^Blind|cannot be (seen|read)/, end: /^\d+ endpoints: / },
  wall: { path: "/wall", outage: /^Blind|cannot be (seen|read)/, end: /^\d+ endpoints: / },
};
/** `npm run bench -- face` measures 1920 as well. */
const WIDTHS = [390, 1280];

// A minute of rollouts in twelve seconds.
const SPEED = 5;
const WATCHED_MS = 60_000 / SPEED;

test.use({ scenario: "demo", speed: SPEED });

/** Every live page at every width, loaded and drawn. */
async function openAll(context: BrowserContext) {
  await expect
    .poll(async () => (await context.request.get(`/api/v1/endpoints/${MOVING}`)).status())
    .toBe(200);
  const places = WIDTHS.flatMap((width) => Object.entries(LIVE).map((live) => ({ width, live })));
  const pages = await Promise.all(
    places.map(async ({ width, live: [name, { path, outage, end }] }) => {
      const page = await context.newPage();
      await page.setViewportSize({ width, height: 800 });
      await recordShifts(page);
      await recordAnnouncements(page);
      await page.goto(path);
      return { name: `${name} ${width}`, page, outage, end };
    }),
  );
  for (const { name, page } of pages) {
    await untilAllLive(page);
    if (name.startsWith("endpoint")) await expect(page.locator(".recharts-surface").first()).toBeVisible();
  }
  for (const { page } of pages) {
    await takeShifts(page);
    await takeAnnouncements(page);
  }
  return pages;
}

/** Waits until the page, and each of its rows or tiles, is live. */
async function untilAllLive(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toHaveAttribute("data-freshness", "live", { timeout: 30_000 });
  await expect(page.locator('[data-freshness]:not([data-freshness="live"])')).toHaveCount(0, {
    timeout: 30_000,
  });
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
  for (const { page } of pages) await untilAllLive(page);
  for (const { name, page, outage, end } of pages) {
    // `npm run bench -- face`, on a quiet machine, lets nothing jump to its place either.
    const { sum, slid, moved } = await takeShifts(page);
    expect.soft(sum - slid, [name, ...moved].join("\n")).toBeLessThan(1e-6);
    const texts = (await takeAnnouncements(page)).map(({ text }) => text);
    expect
      .soft(
        texts.filter((text) => outage.test(text)),
        name,
      )
      .toHaveLength(1);
    expect
      .soft(
        texts.filter((text) => text.startsWith("Delayed")),
        name,
      )
      .toEqual([]);
    expect.soft(texts.at(-1), name).toMatch(end);
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
