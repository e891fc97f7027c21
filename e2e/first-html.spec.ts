import type { Page } from "@playwright/test";

import { servedInPieces } from "./support/served-in-pieces";
import { EndpointScreen } from "./support/screen";
import { recordShifts, shiftsOf } from "./support/layout-shifts";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

test.describe("without JavaScript", () => {
  test.use({ scenario: "stuck" });

  test("the first HTML holds the sentence, the counts and the chart", async ({ browser, page, rollcall }) => {
    await new EndpointScreen(page).open(ENDPOINT);
    const context = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
    const screen = new EndpointScreen(await context.newPage());
    await screen.page.goto(`/endpoints/${ENDPOINT}`);
    await expect(screen.says(/v8 .*: 5 of 12 replicas updated/)).toBeVisible();
    expect(await screen.rollCall.getAttribute("aria-label")).toBe("5 of 12 replicas updated");
    await expect(screen.chart).toBeVisible();
    const curves = screen.chart.locator("svg path[d]");
    expect(await curves.count()).toBeGreaterThanOrEqual(3);
    const box = await screen.chart.locator("svg").first().boundingBox();
    expect(box?.width ?? 0).toBeGreaterThan(300);
    await expect(screen.page).toHaveTitle(/v8.*acme-qwen-3-32b/);
    expect(await screen.icon()).toMatch(/^data:image\/svg/);
    await expect(screen.section("Rollouts")).toContainText("5 of 12");
    await context.close();
  });

  test("the first HTML holds the whole list", async ({ browser, page, rollcall }) => {
    await new EndpointScreen(page).open(ENDPOINT);
    const context = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
    const bare = await context.newPage();
    await bare.goto("/");
    await expect(bare.getByRole("table", { name: "Endpoints" })).toContainText(ENDPOINT);
    await context.close();
  });
});

test.describe("with JavaScript", () => {
  test.use({ scenario: "smooth", speed: 0.001, settings: { ROLLCALL_POLL_ACTIVE_SECONDS: "4" } });

  const nothingMoved = async (page: Page) => {
    const { sum, moved } = await shiftsOf(page);
    expect(sum, moved.join("\n")).toBeLessThanOrEqual(0.01);
  };

  test.beforeEach(async ({ page, simulator }) => {
    await recordShifts(page);
    await simulator.clock({ advanceMs: 20_000 });
    const reported = async () => (await page.request.get(`/api/v1/endpoints/${ENDPOINT}`)).text();
    await expect.poll(reported, { timeout: 15_000 }).toContain('"status":"in_progress"');
  });

  test("nothing shifts while the chart hydrates and while the rollout moves", async ({ page, simulator }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await expect(screen.liveCurves).toBeVisible();
    await expect(screen.says(/v8 is rolling out/)).toBeVisible();
    await nothingMoved(page);

    const before = await screen.rollCall.getAttribute("aria-label");
    await simulator.clock({ advanceMs: 30_000 });
    await expect(screen.rollCall).not.toHaveAccessibleName(before ?? "");
    await simulator.clock({ advanceMs: 90_000 });
    await expect(screen.says(/v8 is done.*: 12 of 12/)).toBeVisible();
    await expect.poll(() => screen.cells()).toEqual({ filled: 12, all: 12 });
    await nothingMoved(page);
  });

  test("nothing around the sentence moves while Cerebras is late, and when it answers again", async ({
    page,
    simulator,
  }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await expect(screen.liveCurves).toBeVisible();
    const place = async () => [await screen.rollCall.boundingBox(), await screen.chart.boundingBox()];
    const before = await place();
    await simulator.fault({ kind: "hang" });
    await expect(screen.says(/^Delayed: last seen .* ago/)).toBeVisible();
    await expect(screen.says(/When last seen at/)).toBeVisible();
    expect(await place()).toEqual(before);
    await simulator.clearFaults();
    await expect(screen.main).toHaveAttribute("data-freshness", "live", { timeout: 20_000 });
    await expect(screen.says(/v8 is rolling out/)).toBeVisible();
    expect(await place()).toEqual(before);
  });

  test("nothing shifts while the page arrives in pieces", async ({ page, rollcall }) => {
    const slow = await servedInPieces(rollcall.url);
    const screen = new EndpointScreen(page);
    await page.goto(`${slow.url}/endpoints/${ENDPOINT}`);
    await expect(screen.liveCurves).toBeVisible();
    await nothingMoved(page);
    await slow.close();
  });
});
