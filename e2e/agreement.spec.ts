import { framesSeen, slowDown, watchFrames } from "./support/frames";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

// A rollout of 75 s in 25 s, so that it moves twice in some polls.
test.use({ scenario: "smooth", speed: 3 });

test("over a slow line and through an outage, no two parts of the page ever disagree", async ({
  page,
  simulator,
}) => {
  const screen = new EndpointScreen(page);
  await watchFrames(page);
  await slowDown(page);
  await screen.open(ENDPOINT);
  await screen.showTable();
  await expect(screen.says(/v8 is rolling out: \d+ of 12 replicas/)).toBeVisible();

  await simulator.fault({ kind: "status", status: 503 });
  await expect(screen.main).toHaveAttribute("data-freshness", "blind");
  await simulator.clearFaults();
  await expect(screen.main).toHaveAttribute("data-freshness", "live", { timeout: 20_000 });
  await expect(screen.says(/12 of 12/)).toBeVisible({ timeout: 30_000 });

  const { count, disagreements } = await framesSeen(page);
  expect(disagreements).toEqual([]);
  expect(count).toBeGreaterThan(200);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
