import { expect, test, type Page } from "@playwright/test";
import AxeBuilder from "@axe-core/playwright";
import { onFleet, type FleetPlay } from "./support/fleet-stage";

const SCREENS = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 3440, height: 1440 },
  { width: 1080, height: 1920 },
];

/** Every problem with how a wall fits its screen, as text. */
function findMisfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { innerWidth: width, innerHeight: height } = window;
    const unit = Math.min(width, height) / 1080;
    // 41 px on a 55-inch 1080p screen are readable from four meters. Notes, and names on a full screen, get 24.
    const leastOf = (text: Element) =>
      unit * (text.closest(".wall-featured, [data-shape=line], .wall-fold") === null ? 24 : 41) - 0.5;
    const wrong: string[] = [];
    const root = document.documentElement;
    if (root.scrollHeight > height || root.scrollWidth > width) wrong.push("the page scrolls");
    for (const tile of document.querySelectorAll("main li")) {
      const box = tile.getBoundingClientRect();
      const name = tile.textContent.slice(0, 40);
      if (box.bottom > height + 3 || box.right > width + 3 || box.top < -3)
        wrong.push(`${name} is off the screen`);
      if (tile.scrollHeight > tile.clientHeight + 2) wrong.push(`${name} does not hold what is in it`);
    }
    const walker = document.createTreeWalker(document.querySelector("main") ?? root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || node.textContent?.trim() === "" || parent.closest(".sr-only, title") !== null)
        continue;
      const size = Number.parseFloat(getComputedStyle(parent).fontSize);
      if (size < leastOf(parent)) wrong.push(`“${node.textContent ?? ""}” is set in ${size.toFixed(1)} px`);
    }
    return wrong;
  });
}

/** How many endpoints a wall shows, by name or in a count. */
async function countEndpoints(page: Page): Promise<number> {
  const named = await page.locator("main li:not(.wall-folded)").count();
  const folded = await page.locator("main li.wall-folded").allTextContents();
  return folded.reduce((sum, text) => sum + Number.parseInt(text, 10), named);
}

const PLAYS: readonly FleetPlay[] = [
  { size: 1, variation: "failing" },
  { size: 6, variation: "quiet" },
  { size: 24, variation: "rolling" },
  { size: 60, variation: "failing" },
];

for (const play of PLAYS) {
  test(`a wall of ${play.size}, ${play.variation}, fits every screen and is readable from afar`, async ({
    browser,
  }) => {
    await onFleet(play, async ({ rollcall }) => {
      for (const viewport of SCREENS) {
        const context = await browser.newContext({ viewport });
        const page = await context.newPage();
        await page.goto(`${rollcall.url}/wall`);
        await expect(page.locator("main li").first()).toBeVisible();
        expect(await countEndpoints(page)).toBe(play.size);
        await expect(page.locator("main[data-freshness=live]")).toBeVisible();
        expect(await findMisfits(page), `${viewport.width} × ${viewport.height}`).toEqual([]);
        if (viewport.width === 1920)
          expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        await context.close();
      }
    });
  });
}

test("a rolling endpoint takes more space than a quiet one", async ({ page }) => {
  await onFleet({ size: 24, variation: "rolling" }, async ({ rollcall }) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.goto(`${rollcall.url}/wall`);
    const rolling = page.locator("main li").filter({ hasText: "Rolling out" });
    await expect(rolling).toHaveCount(1);
    const heightOf = (part: string) => page.locator(part).evaluate((drawn) => drawn.clientHeight);
    expect(await heightOf("main [data-shape=featured]")).toBeGreaterThan(0.6 * 1080);
    await expect(page.getByRole("list", { name: "Counted only" })).toHaveText("23 done");
  });
});

test("a server outage and an upstream outage are distinguished, large, and without color", async ({
  page,
}) => {
  await onFleet({ size: 6, variation: "failing" }, async ({ simulator, rollcall }) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.goto(`${rollcall.url}/wall`);
    const heading = page.getByRole("heading", { level: 1 });
    await expect(heading).toHaveText("6 endpoints: 1 has failed.");
    const failed = page.locator("main li").filter({ hasText: "Failed" }).first();
    const color = () => failed.evaluate((tile) => getComputedStyle(tile).backgroundColor);
    const live = await color();
    expect(live).not.toBe("rgba(0, 0, 0, 0)");
    await simulator.fault({ kind: "status", status: 503 });
    await expect(heading).toHaveText(/^Blind since .*503/, { timeout: 30_000 });
    expect(
      await heading.evaluate((each) => Number.parseFloat(getComputedStyle(each).fontSize)),
    ).toBeGreaterThan(70);
    await expect(page.getByText("When last seen, 1 had failed and 5 were quiet.")).toBeVisible();
    await expect(page).toHaveTitle(/^Blind · When last seen, 1 had failed/);
    expect(
      await page
        .locator("main li")
        .first()
        .evaluate((tile) => getComputedStyle(tile).backgroundColor),
    ).toBe("rgba(0, 0, 0, 0)");
    await simulator.clearFaults();
    await expect(heading).toHaveText("6 endpoints: 1 has failed.", { timeout: 45_000 });
    expect(await color()).toBe(live);
    await rollcall.kill("SIGKILL");
    await expect(heading).toHaveText(/^Rollcall’s server has not answered since/, { timeout: 60_000 });
    await rollcall.restart();
    await expect(heading).toHaveText("6 endpoints: 1 has failed.", { timeout: 60_000 });
    await expect(page.locator("main[data-freshness=live]")).toBeVisible();
    await page.goto("about:blank");
  });
});

test("a wall leads back to all endpoints once someone moves the pointer, and hides that again", async ({
  page,
}) => {
  await onFleet({ size: 6, variation: "quiet" }, async ({ rollcall }) => {
    await page.clock.install();
    await page.goto(`${rollcall.url}/wall`);
    await expect(page.locator("main li")).toHaveCount(6);
    const way = page.getByRole("navigation", { name: "Wall" });
    await expect(way).toHaveCSS("opacity", "0");
    await page.mouse.move(300, 300);
    await expect(way).toHaveCSS("opacity", "1");
    await page.clock.fastForward(5_000);
    await expect(way).toHaveCSS("opacity", "0");
    await page.mouse.move(400, 300);
    await way.getByRole("link", { name: "All endpoints" }).click();
    await expect(page.getByRole("table", { name: "Endpoints" })).toBeVisible();
  });
});

test("a wall without a chosen theme is dark at night, and as usual by day", async ({ browser }) => {
  await onFleet({ size: 6, variation: "quiet" }, async ({ rollcall }) => {
    // Without motion, because a wall that appears has less contrast for a moment.
    const context = await browser.newContext({ timezoneId: "Europe/Berlin", reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.clock.install({ time: new Date("2026-11-24T21:30:00+01:00") });
    await page.goto(`${rollcall.url}/wall`);
    const wall = page.locator(".wall");
    await expect(page.locator("main li")).toHaveCount(6);
    const [day, night] = ["rgb(250, 250, 248)", "rgb(16, 18, 19)"];
    await expect(wall).toHaveCSS("background-color", day);
    await page.clock.fastForward("31:00");
    await expect(wall).toHaveCSS("background-color", night);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.clock.fastForward("08:00:00");
    await expect(wall).toHaveCSS("background-color", day);
    await page.clock.fastForward("15:00:00");
    await page.goto(`${rollcall.url}/wall?theme=light`);
    await expect(page.locator("main li")).toHaveCount(6);
    await expect(wall).toHaveCSS("background-color", day);
    await context.close();
  });
});
