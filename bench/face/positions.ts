import type { Locator } from "playwright";

import { openBrowser } from "../support/browser";
import type { Row } from "../support/table";
import { onDemo } from "./demo-stage";
import { desktop, openPage, phone, untilFreshness, untilSettled } from "./open";

const firstLine = /failed its readiness check/;

/** Where things start and end that a person has to see without scrolling, in CSS pixels from the top of the page. */
export function measurePositions(): Promise<Row[]> {
  return onDemo(1, async ({ rollcall }, { fleet, failed, rolling }) => {
    const browser = await openBrowser();
    const rows: Row[] = [];
    try {
      for (const viewport of [desktop, phone]) {
        const page = await openPage(browser, viewport);
        const screen = `${viewport.width} × ${viewport.height}`;
        const isDesktop = viewport === desktop;
        const add = (what: string, figure: number, limit?: number) =>
          rows.push({
            what: `${what}, ${screen}`,
            figure,
            unit: "px",
            ...(limit === undefined ? {} : { limit }),
          });
        const show = async (path: string) => {
          await page.goto(`${rollcall.url}${path}`);
          await untilFreshness(page, "live");
          await untilSettled(page);
        };
        const main = page.getByRole("main");
        await show(fleet);
        add(
          "first row of the fleet",
          await edge(main.locator('a[href^="/endpoints/"]').first(), "top"),
          isDesktop ? 190 : 240,
        );
        await show(rolling);
        add(
          "end of the chart",
          await edge(main.getByRole("figure").first(), "bottom"),
          isDesktop ? 800 : undefined,
        );
        await show(failed);
        add(
          "first line of the error",
          await edge(main.getByText(firstLine).filter({ visible: true }).first(), "top"),
          isDesktop ? undefined : 500,
        );
        add(
          "Acknowledge",
          await edge(main.getByRole("button", { name: "Acknowledge" }), "top"),
          isDesktop ? undefined : 500,
        );
      }
    } finally {
      await browser.close();
    }
    return rows;
  });
}

async function edge(element: Locator, side: "top" | "bottom"): Promise<number> {
  await element.waitFor();
  return element.evaluate((drawn, which) => drawn.getBoundingClientRect()[which] + scrollY, side);
}
