import type { Browser, Page } from "playwright";

export type Viewport = { width: number; height: number };

export const desktop: Viewport = { width: 1280, height: 800 };
export const phone: Viewport = { width: 390, height: 844 };

/** A page in a separate context. The compiler of this file names functions through a helper, which pages lack. */
export async function openPage(browser: Browser, viewport: Viewport): Promise<Page> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.addInitScript("globalThis.__name = (named) => named");
  return page;
}

/** Waits until the page shows what its server sees now. */
export function untilFreshness(page: Page, freshness: string): Promise<unknown> {
  return page.locator(`main[data-freshness="${freshness}"]`).waitFor({ timeout: 90_000 });
}

/** Waits until the page and each of its rows or tiles shows what its server sees now. */
export function untilAllLive(page: Page): Promise<unknown> {
  return page.waitForFunction(
    () => document.querySelector('[data-freshness]:not([data-freshness="live"])') === null,
    null,
    { timeout: 90_000 },
  );
}

/** Waits until fonts and scripts have loaded, and the chart, if there is one, is drawn. */
export async function untilSettled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.waitForFunction(
    () => document.querySelector("figure") === null || document.querySelector(".recharts-surface") !== null,
  );
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
