import type { Page } from "@playwright/test";

import { recordAnnouncements, takeAnnouncements } from "./support/announcements";
import { fleetRows } from "./support/fleet";
import { expect, test } from "./support/test";

const COUNT = 25;
const BLIND = 12;
const UNSEEN = /^12 of 25 endpoints cannot be seen since \d\d:\d\d/;
const INTERVAL_MS = 2_000;
/** Starts when the server knows of it. */
const WITHIN_TWO_INTERVALS = { timeout: 2 * INTERVAL_MS };

const seconds = String(INTERVAL_MS / 1_000);
test.use({
  scenario: "steady",
  settings: {
    ROLLCALL_POLL_ACTIVE_SECONDS: seconds,
    ROLLCALL_POLL_IDLE_SECONDS: seconds,
    CEREBRAS_ORG: "unseen",
  },
});

/** The strokes of the tab's icon. A barred ring has two. */
function iconOf(page: Page): Promise<string> {
  return page
    .locator("link[rel=icon][type='image/svg+xml']")
    .evaluate((link) => link.getAttribute("href") ?? "");
}

test("a fleet with twelve unseen endpoints says so first, everywhere", async ({
  page,
  context,
  rollcall,
  simulator,
}) => {
  const created = Math.floor((await simulator.clock({})).at / 1_000) - 3_600;
  const counts = { updated_replicas: 14, total_replicas: 14, rollout_status: "done" };
  for (let index = 0; index < COUNT; index += 1) {
    await simulator.putEndpoint(`unseen-${String(index).padStart(2, "0")}`, {
      org: "unseen",
      arch: "qwen-3-32b",
      deployments: [{ id: `d${index}`, version: 8, created, ...counts }],
    });
  }
  const heading = page.getByRole("heading", { level: 1 });
  await recordAnnouncements(page);
  const announced = async () => (await takeAnnouncements(page)).map(({ text }) => text);
  await page.goto("/");
  await expect(heading).toHaveText("25 endpoints, all quiet.", { timeout: 40_000 });
  const icon = await iconOf(page);
  const wall = await context.newPage();
  await wall.goto("/wall");
  await expect(wall.getByRole("heading", { level: 1 })).toHaveText("25 endpoints, all quiet.");
  const phone = await context.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto("/");
  const topOfSearch = async () => (await phone.getByRole("search").boundingBox())?.y;
  const top = await topOfSearch();
  const fleet = async () => (await fetch(`${rollcall.url}/api/v1/endpoints`)).text();
  const basic = async () => (await fetch(`${rollcall.url}/wall/basic`)).text();
  expect(await basic()).toContain("<h1>25 endpoints, all quiet.</h1>");

  await simulator.fault({ kind: "status", status: 404, pattern: "/endpoints/unseen-(0\\d|1[01])$" });
  const blind = async () => (await fleet()).match(/"state":"blind"/g)?.length ?? 0;
  await expect.poll(blind, { timeout: 20_000, intervals: [100] }).toBe(BLIND);
  // The server renders the basic wall, so it says so at once.
  const html = await basic();
  expect(html).toMatch(/<h1>12 of 25 endpoints cannot be seen since \d\d:\d\d UTC/);
  expect(html).toMatch(/<title>12 of 25 endpoints cannot be seen/);
  await Promise.all(
    [page, wall, phone].map(async (each) => {
      await expect(each.getByRole("heading", { level: 1 })).toHaveText(UNSEEN, WITHIN_TWO_INTERVALS);
      await expect(each).toHaveTitle(/^12 of 25 endpoints cannot be seen/, WITHIN_TWO_INTERVALS);
      await expect.poll(() => iconOf(each), WITHIN_TWO_INTERVALS).not.toBe(icon);
    }),
  );
  await expect(heading).toContainText("The other 13 are quiet.");
  expect(await topOfSearch()).toBe(top);
  await phone.close();
  // Announced when the first ones could not be seen. How many there are is announced once a minute at most.
  const outage = /^\d+ of 25 endpoints cannot be seen/;
  await expect.poll(announced).toContainEqual(expect.stringMatching(outage));
  await expect(fleetRows(page).filter({ hasText: /Blind, was done.*not seen since/ })).toHaveCount(BLIND);

  await wall.bringToFront();
  await expect.poll(() => iconOf(wall)).toContain(encodeURIComponent("M5.6 5.6l12.8 12.8"));
  await expect(wall.getByRole("list", { name: "No current data" }).getByRole("listitem")).toHaveCount(BLIND);
  await expect(wall.getByRole("list", { name: "Counted only" })).toHaveText(`${COUNT - BLIND} done`);

  expect(await (await fetch(`${rollcall.url}/readyz`)).text()).toMatch(
    /12 of 25 endpoints cannot be seen since/,
  );
  expect(await fleet()).toMatch(/"message":"12 of 25 endpoints/);

  await simulator.clearFaults();
  await page.bringToFront();
  await expect(heading).toHaveText("25 endpoints, all quiet.", { timeout: 40_000 });
  await expect.poll(announced).toContain("25 endpoints, all quiet.");
  await wall.close();
});
