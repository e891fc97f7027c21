import { EndpointScreen } from "./support/screen";
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
    await expect(screen.section("Deployments")).toContainText("5 of 12");
    await context.close();
  });

  test("the list is all there too", async ({ browser, page, rollcall }) => {
    await new EndpointScreen(page).open(ENDPOINT);
    const context = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
    const bare = await context.newPage();
    await bare.goto("/");
    await expect(bare.getByRole("list", { name: "Endpoints" })).toContainText(ENDPOINT);
    await context.close();
  });
});

test.describe("with JavaScript", () => {
  // Asked seldom, so that a busy machine makes nothing look delayed.
  test.use({ scenario: "smooth", speed: 0.001, settings: { ROLLCALL_POLL_ACTIVE_SECONDS: "3" } });

  test("nothing shifts while the chart is taken over and while the rollout moves", async ({
    page,
    simulator,
  }) => {
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Reflect.set(window, "shifts", shifts);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(Number(Reflect.get(entry, "value")));
      }).observe({ type: "layout-shift", buffered: true });
    });
    const shifted = () =>
      page.evaluate(() => {
        const shifts: unknown = Reflect.get(window, "shifts");
        return Array.isArray(shifts) ? shifts.reduce((sum: number, value) => sum + Number(value), 0) : 1;
      });
    const screen = new EndpointScreen(page);
    await simulator.clock({ advanceMs: 20_000 });
    const path = `/api/v1/endpoints/${ENDPOINT}`;
    const told = async () => (await page.request.get(path)).text();
    await expect.poll(told, { timeout: 15_000 }).toContain('"status":"in_progress"');
    await screen.open(ENDPOINT);
    await expect(screen.liveCurves).toBeVisible();
    await expect(screen.says(/v8 is rolling out/)).toBeVisible();
    expect(await shifted()).toBeLessThanOrEqual(0.01);

    const before = await screen.rollCall.getAttribute("aria-label");
    await simulator.clock({ advanceMs: 30_000 });
    await expect(screen.rollCall).not.toHaveAccessibleName(before ?? "");
    await simulator.clock({ advanceMs: 90_000 });
    await expect(screen.says(/v8 is done.*: 12 of 12/)).toBeVisible();
    await expect.poll(() => screen.cells()).toEqual({ filled: 12, all: 12 });
    expect(await shifted()).toBeLessThanOrEqual(0.01);
  });
});
