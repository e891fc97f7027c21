import { setTimeout as sleep } from "node:timers/promises";

import { framesSeen, watchFrames } from "./support/frames";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

const DOCUMENT_LATE_MS = 700;
const ANSWER_LATE_MS = 250;

test.use({ scenario: "smooth", speed: 3 });

test("over a slow line and through an outage, headline, cells, chart and table never disagree", async ({
  page,
  simulator,
}) => {
  const screen = new EndpointScreen(page);
  await watchFrames(page);
  for (const [path, late] of [
    ["**/endpoints/*", DOCUMENT_LATE_MS],
    ["**/api/v1/**", ANSWER_LATE_MS],
  ] as const) {
    await page.route(path, async (route) => {
      const response = await route.fetch();
      await sleep(late);
      await route.fulfill({ response }).catch(() => undefined);
    });
  }
  await screen.open(ENDPOINT);
  await screen.showTable();
  await expect(screen.says(/v8 is rolling out: [2-6] of 12 replicas updated/)).toBeVisible();

  await simulator.fault({ kind: "status", status: 503 });
  await expect(screen.main).toHaveAttribute("data-freshness", "blind");
  await simulator.clearFaults();
  await expect(screen.main).toHaveAttribute("data-freshness", "live", { timeout: 20_000 });
  await expect(screen.says(/v8 is done.*: 12 of 12/)).toBeVisible({ timeout: 30_000 });

  const { count, disagreements } = await framesSeen(page);
  expect(disagreements).toEqual([]);
  expect(count).toBeGreaterThan(200);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
