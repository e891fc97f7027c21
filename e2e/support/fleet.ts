import type { Locator, Page } from "@playwright/test";

/** The rows of the list of endpoints, without its heads. */
export function fleetRows(page: Page): Locator {
  return page.getByRole("main").locator("[role=row][data-state]");
}

/** Resolves once scripts run, because only they know how old the list is. */
export async function untilLive(page: Page): Promise<void> {
  await page.getByText(/^Live, as of/).waitFor();
}
