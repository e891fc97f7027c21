import type { Page } from "@playwright/test";

import { recordShifts, takeShifts } from "./support/layout-shifts";
import { EndpointScreen } from "./support/screen";
import { expect, test as base } from "./support/test";

const STATUS_PAGE = "/api/v2/incidents/unresolved.json";
const MOVING = "acme-qwen-3-32b";
const OPEN =
  /Cerebras reports an incident since .*Elevated error rates on dedicated endpoints.* \(investigating\)\. As of /;
const HOSTILE = '<img src=x onerror="window.__owned = true"> \u202egnp.exe';

const test = base.extend({
  settings: async ({ simulator }, use) => {
    await use({ ROLLCALL_STATUS_PAGE: simulator.upstream });
  },
});

const line = (page: Page) => page.getByRole("complementary", { name: "Incident at Cerebras" });

test.describe("with an open incident", () => {
  test.use({ scenario: "incident" });

  test("every page says so, and its end takes nothing else with it", async ({
    complaints,
    context,
    page,
    rollcall,
    simulator,
  }) => {
    test.setTimeout(90_000);
    // The server restarts.
    complaints.expect(/Failed to load resource: net::ERR_CONNECTION/);
    await new EndpointScreen(page).open(MOVING);
    await expect(line(page)).toContainText(OPEN);
    await expect(line(page).getByRole("link")).toHaveAttribute("href", /^https:\/\/stspg\.example\//);
    const [fleet, wall] = [await context.newPage(), await context.newPage()];
    for (const each of [page, fleet, wall]) await recordShifts(each);
    await page.reload();
    await fleet.goto("/");
    await expect(line(fleet)).toContainText(OPEN);
    await wall.goto("/wall");
    await expect(wall.getByRole("main")).toContainText(OPEN);
    expect(await (await fetch(`${rollcall.url}/wall/basic`)).text()).toMatch(
      /Cerebras reports an incident since/,
    );
    await expect(line(page)).toContainText(OPEN);

    const name = HOSTILE;
    for (const each of [page, fleet, wall]) await takeShifts(each);
    await simulator.putIncidents([{ id: "h", name, status: "identified", shortlink: "javascript:alert(1)" }]);
    // It is read again when the server starts, and otherwise within a minute.
    await rollcall.restart();
    for (const each of [page, fleet])
      await expect(line(each)).toContainText("<img src=x", { timeout: 25_000 });
    await expect(wall.getByRole("main")).toContainText("\\u202Egnp.exe", { timeout: 25_000 });
    await expect(line(page).getByRole("link")).toHaveCount(0);
    expect(await page.evaluate(() => "__owned" in window)).toBe(false);
    expect(await (await fetch(`${rollcall.url}/`)).text()).not.toContain("<img src=x");

    await simulator.putIncidents([]);
    await rollcall.restart();
    for (const each of [page, fleet]) await expect(line(each)).toHaveCount(0, { timeout: 25_000 });
    await expect(wall.getByText("Cerebras reports")).toHaveCount(0, { timeout: 25_000 });
    for (const each of [page, fleet, wall]) {
      await expect(each.getByRole("main")).toHaveAttribute("data-freshness", "live", { timeout: 25_000 });
      const { sum, moved } = await takeShifts(each);
      expect.soft(sum, moved.join("\n")).toBe(0);
    }
  });
});

test("the Diagnostics page reports a failing status page, which touches nothing else", async ({
  page,
  rollcall,
  simulator,
}) => {
  await simulator.fault({ kind: "status", status: 503, path: STATUS_PAGE });
  await rollcall.restart();
  const screen = new EndpointScreen(page);
  await screen.open(MOVING);
  await expect(screen.main).toHaveAttribute("data-freshness", "live");
  await expect(line(page)).toHaveCount(0);
  await page.goto("/doctor");
  await expect(page.getByText("The status page answered 503.")).toBeVisible();
});

base("without the setting no status page is asked", async ({ page, simulator }) => {
  const screen = new EndpointScreen(page);
  await screen.open(MOVING);
  await expect(screen.main).toHaveAttribute("data-freshness", "live");
  expect((await simulator.countRequests(STATUS_PAGE)).total).toBe(0);
});
