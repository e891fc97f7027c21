import AxeBuilder from "@axe-core/playwright";
import { expect, type Browser, type Page } from "@playwright/test";

const sizes = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
];
const themes = ["light", "dark"] as const;

/**
 * Takes pictures of an address in every size and theme into `shots/`, once `settle` resolves, and checks the page against
 * the accessibility rules.
 */
export async function takeShots(
  browser: Browser,
  address: string,
  name: string,
  settle: (page: Page) => Promise<void>,
): Promise<void> {
  for (const colorScheme of themes) {
    for (const viewport of sizes) {
      const context = await browser.newContext({ colorScheme, viewport, timezoneId: "Europe/Berlin" });
      const page = await context.newPage();
      await page.goto(address);
      await settle(page);
      await page.screenshot({
        path: `shots/${name}-${viewport.width}-${colorScheme}.png`,
        fullPage: viewport.width < 3840,
      });
      if (viewport.width === 1280) {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      }
      await context.close();
    }
  }
}
