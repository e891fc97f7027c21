import { AcceleratedWall } from "./support/accelerated-wall";
import { expect, test } from "./support/test";

// The long form is `npm run bench -- endurance`.
test.use({ scenario: "demo", speed: 20 });

test("a wall uses no more memory after many polls and a restart", async ({ page, rollcall, complaints }) => {
  test.setTimeout(120_000);
  complaints.expect(/ERR_CONNECTION|Failed to load resource/);
  const wall = await AcceleratedWall.open(page, `${rollcall.url}/wall`);
  await wall.poll(60);
  const before = await wall.sample();
  expect(before.timers).toBeGreaterThan(0);
  await wall.poll(60);
  await rollcall.restart();
  await wall.poll(100);
  const after = await wall.sample();
  const most = (held: number) => Math.ceil(held * 1.1);
  expect(after.nodes).toBeLessThanOrEqual(most(before.nodes));
  expect(after.listeners).toBeLessThanOrEqual(most(before.listeners));
  expect(after.timers).toBeLessThanOrEqual(before.timers + 2);
  // Code is still being compiled this early, so only the long form limits the heap itself.
  expect(after.heap).toBeLessThanOrEqual(before.heap * 1.25);
  await expect(page.locator("main[data-freshness=live]")).toBeVisible();
  await page.goto("about:blank");
});
