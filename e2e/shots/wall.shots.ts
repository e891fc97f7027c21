import type { Browser, Page } from "@playwright/test";

import { onFleet, type FleetPlay } from "../support/fleet-stage";
import type { Simulator } from "../support/simulator";
import { expect, test } from "../support/test";

const sizes = [1, 6, 24, 60] as const;
const moods = ["quiet", "rolling", "failing", "blind"] as const;
const screens = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 1080, height: 1920 },
  { width: 390, height: 844 },
];
const pages = { fleet: "/", wall: "/wall" } as const;

for (const size of sizes) {
  for (const mood of moods) {
    test(`fleet and wall of ${size}, ${mood}`, async ({ browser }) => {
      const variation: FleetPlay["variation"] = mood === "blind" ? "rolling" : mood;
      await onFleet({ size, variation }, async ({ simulator, rollcall }) => {
        if (mood === "blind") await blind(simulator, rollcall.url, size);
        for (const [name, path] of Object.entries(pages))
          await photograph(browser, rollcall.url + path, `${name}-${size}-${mood}`, mood === "blind");
      });
    });
  }
}

async function blind(simulator: Simulator, url: string, size: number): Promise<void> {
  await simulator.fault({ kind: "status", status: 503 });
  await expect
    .poll(
      async () =>
        (await (await fetch(`${url}/api/v1/endpoints`)).text()).match(/"freshness":\{"state":"blind"/g)?.length,
      { timeout: 120_000 },
    )
    .toBe(size);
}

async function photograph(browser: Browser, address: string, name: string, isBlind: boolean): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of screens) {
      const context = await browser.newContext({ colorScheme, viewport, timezoneId: "Europe/Berlin" });
      const page = await context.newPage();
      // By day: at night a wall is less bright.
      await page.clock.install({ time: new Date("2026-11-24T11:00:00Z") });
      await page.goto(address);
      await settled(page, isBlind);
      await page.screenshot({ path: `shots/${name}-${viewport.width}-${colorScheme}.png` });
      await context.close();
    }
  }
}

async function settled(page: Page, isBlind: boolean): Promise<void> {
  const heading = page.getByRole("heading", { level: 1 });
  await (isBlind
    ? expect(heading).toContainText("Blind since")
    : expect(heading).toContainText(/endpoints?[,:]/));
  await expect(page.locator("main li").first()).toBeVisible();
}
