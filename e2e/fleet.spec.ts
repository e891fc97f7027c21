import type { Page } from "@playwright/test";

import { fleetRows, untilLive } from "./support/fleet";
import { onFleet } from "./support/fleet-stage";
import { expect, test } from "./support/shared-test";
import { test as ownTest } from "./support/test";

test.use({ scenario: "fleet", settings: { CEREBRAS_ORG: "acme" } });

async function open(page: Page, query = ""): Promise<void> {
  const reported = async () => (await page.request.get("/api/v1/endpoints")).text();
  await expect.poll(async () => (await reported()).match(/"observedAt":"/g)?.length).toBe(20);
  await page.goto(`/${query}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/20 endpoints: 1 has failed/);
  await untilLive(page);
}

test.describe("a fleet of forty", () => {
  // The tests share one Rollcall, in one worker.
  test.describe.configure({ mode: "default" });

  test("shows what fails and moves first; search and filters are in the address", async ({ page }) => {
    await open(page);
    await expect(fleetRows(page).first()).toHaveAttribute("data-state", "error");
    await expect(fleetRows(page).first()).toContainText("Insufficient capacity: 2 additional");
    await expect(page).toHaveTitle(/1 has failed/);
    await page.getByRole("searchbox", { name: "Search" }).fill("qwen batch");
    await expect(page).toHaveURL(/\?search=qwen%20batch$/);
    await expect(fleetRows(page)).toHaveCount(1);
    await page.getByRole("searchbox", { name: "Search" }).fill("");
    const failed = page.getByRole("link", { name: "Failed 1", exact: true });
    await failed.click();
    await expect(page).toHaveURL(/\?status=error$/);
    await expect(fleetRows(page)).toHaveCount(1);
    await page.reload();
    await expect(fleetRows(page)).toHaveCount(1);
    await expect(failed).toHaveAttribute("aria-current", "true");
    await expect(page).toHaveTitle(/20 endpoints: 1 has failed/);
    await failed.click();
    await expect(page).toHaveURL(/\/$/);
  });

  test("shows twelve quiet endpoints and counts the others, even without scripts", async ({
    page,
    browser,
    rollcall,
  }) => {
    await open(page);
    await expect(fleetRows(page)).toHaveCount(3 + 12);
    const context = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
    const bare = await context.newPage();
    await bare.goto("/?density=dense");
    for (const each of [page, bare]) {
      await expect(fleetRows(each)).toHaveCount(3 + 12);
      await each.getByRole("link", { name: "and 5 quiet" }).click();
      await expect(each).toHaveURL(/quiet=all$/);
      await expect(fleetRows(each)).toHaveCount(20);
      await each.getByRole("link", { name: "Show fewer quiet endpoints" }).click();
      await expect(fleetRows(each)).toHaveCount(3 + 12);
    }
    await context.close();
  });

  test("a row tells its columns", async ({ page }) => {
    await open(page);
    const table = page.getByRole("table", { name: "Endpoints" });
    const heads = await table.getByRole("columnheader").allInnerTexts();
    expect(heads).toEqual(["State", "Endpoint", "Version", "Updated", "When", "Error"]);
    const cells = await fleetRows(page).first().getByRole("cell").allInnerTexts();
    expect(cells.slice(0, 5)).toEqual([
      "Failed",
      expect.stringMatching(/^acme-/),
      expect.stringMatching(/^v\d+ → v\d+$/),
      "2 of 24",
      expect.stringMatching(/^(requested|ended) \d+ min ago$/),
    ]);
  });

  for (const [width, height, most] of [
    [1280, 800, 190],
    [390, 844, 240],
  ] as const) {
    test(`the first row is near the top, and everything is large enough, on ${width} × ${height}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      await open(page);
      expect((await fleetRows(page).first().boundingBox())?.y).toBeLessThanOrEqual(most);
      const targets = page.getByRole("main").locator("a:visible, input:visible, summary:visible");
      const boxes = await Promise.all((await targets.all()).map((target) => target.boundingBox()));
      // A row is a target as a whole; the link in it only names it.
      const rows = await Promise.all((await fleetRows(page).all()).map((row) => row.boundingBox()));
      const isInRow = (y: number) => rows.some((row) => row !== null && y > row.y && y < row.y + row.height);
      for (const box of boxes.filter((each) => each !== null && !isInRow(each.y))) {
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
      }
      expect(Math.min(...rows.map((row) => row?.height ?? 0))).toBeGreaterThanOrEqual(36);
    });
  }

  test("groups by architecture, even without scripts", async ({ page, browser, rollcall }) => {
    await open(page);
    const context = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
    const bare = await context.newPage();
    await bare.goto("/?group=arch&sort=name&search=search");
    const names = await bare.getByRole("heading", { level: 2 }).allTextContents();
    expect(names.length).toBeGreaterThan(2);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b)));
    for (const line of await fleetRows(bare).allTextContents()) expect(line).toContain("-search");
    await context.close();
  });

  test("a search without a match can be cleared", async ({ page }) => {
    await open(page, "?search=nowhere&density=dense");
    await expect(page.getByText(/No endpoints match/)).toBeVisible();
    await page.getByRole("link", { name: "Show all 20" }).click();
    await expect(fleetRows(page)).toHaveCount(3 + 12);
    await expect(page).toHaveURL(/\?density=dense$/);
  });

  test("works by keyboard", async ({ page }) => {
    await open(page);
    await expect(page.locator("main")).toHaveAttribute("data-freshness", "live");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox")).toBeFocused();
    await page.keyboard.type("support");
    await expect(page).toHaveURL(/\?search=support$/);
    await expect(page.getByRole("searchbox")).toHaveValue("support");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await expect(fleetRows(page).first().getByRole("link")).toBeFocused();
    const id = await fleetRows(page).first().locator(".font-mono").textContent();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/endpoints/${id ?? "none"}$`));
  });
});

// On a separate server, because the shared fleet keeps changing.
ownTest.describe("a fleet that has just started", () => {
  ownTest.use({ scenario: "fleet" });

  ownTest("a change of one endpoint redraws no other row", async ({ page, simulator }) => {
    await open(page, "?quiet=all");
    const line = fleetRows(page).filter({ hasText: "acme-llama-3.3-70b-support" });
    await expect(line).toHaveAttribute("data-state", "done");
    await page.evaluate(() => {
      const touched = new Set<string>();
      Reflect.set(window, "touched", touched);
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const row = element?.closest("[role=row]");
          const name = row?.querySelector(".font-mono")?.textContent;
          const time = row?.querySelectorAll("[role=cell]")[4];
          if (name !== undefined && time?.contains(element ?? null) !== true) touched.add(name);
        }
      }).observe(document.querySelector("main [role=table]") ?? document, {
        ...{ subtree: true, childList: true, attributes: true, characterData: true },
      });
    });
    await simulator.deploy("acme-llama-3.3-70b-support", { version: 99, msPerReplica: 600_000 });
    await expect(line).toHaveAttribute("data-state", /not_started|in_progress/);
    const touched = await page.evaluate((): string[] => {
      const found: unknown = Reflect.get(window, "touched");
      return found instanceof Set ? [...found].map(String) : [];
    });
    expect(touched).toContain("acme-llama-3.3-70b-support");
    expect(touched.filter((id) => /acme-zai|acme-qwen/.test(id))).toEqual([]);
  });
});

ownTest.describe("a list that changes", () => {
  ownTest.use({ scenario: "fleet" });

  ownTest(
    "is sorted again only when the viewer has left it, and then slides",
    async ({ page, simulator }) => {
      await page.addInitScript(() => {
        const slid: string[] = [];
        Reflect.set(window, "slid", slid);
        const animate = Reflect.get(Element.prototype, "animate");
        Element.prototype.animate = function (...given) {
          slid.push(this.getAttribute("data-state") ?? "");
          return animate.apply(this, given);
        };
      });
      await open(page);
      const slid = () => page.evaluate((): unknown => Reflect.get(window, "slid"));
      const names = () => fleetRows(page).getByRole("link").allInnerTexts();
      const before = await names();
      const moved = before.at(-2) ?? "";
      const row = fleetRows(page).filter({ has: page.getByRole("link", { name: moved, exact: true }) });

      await row.hover();
      await simulator.deploy(moved, { version: 99, msPerReplica: 600_000 });
      await expect(row).toHaveAttribute("data-state", /not_started|in_progress/);
      expect(await names()).toEqual(before);
      await page.getByRole("heading", { level: 1 }).hover();
      await expect.poll(async () => (await names()).indexOf(moved)).toBeLessThan(4);
      await expect.poll(slid).toContain("in_progress");

      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.evaluate(() => Reflect.set(window, "slid", []));
      const next = (await names()).at(-3) ?? "";
      await simulator.deploy(next, { version: 99, msPerReplica: 600_000 });
      await expect.poll(async () => (await names()).indexOf(next)).toBeLessThan(5);
      expect(await slid()).not.toContain("in_progress");
    },
  );

  ownTest("keeps its order while the focus is in it", async ({ page, simulator }) => {
    await open(page);
    await page.keyboard.press("ArrowDown");
    const names = () => fleetRows(page).getByRole("link").allInnerTexts();
    const before = await names();
    const moved = before.at(-2) ?? "";
    await simulator.deploy(moved, { version: 99, msPerReplica: 600_000 });
    const row = fleetRows(page).filter({ has: page.getByRole("link", { name: moved, exact: true }) });
    await expect(row).toHaveAttribute("data-state", /not_started|in_progress/);
    expect(await names()).toEqual(before);
    await page.keyboard.press("/");
    await expect.poll(async () => (await names()).indexOf(moved)).toBeLessThan(4);
  });
});

// Its figures are those of `npm run bench -- fleet`.
ownTest("a fleet of a thousand is walked through, searched and kept up to date", async ({ browser }) => {
  ownTest.setTimeout(180_000);
  await onFleet(
    { size: 1000, variation: "failing" },
    async ({ rollcall, simulator }) => {
      const context = await browser.newContext({ baseURL: rollcall.url });
      const page = await context.newPage();
      const polled: Promise<string>[] = [];
      page.on("response", (response) => {
        if (response.url().includes("?since=") && response.status() === 200) polled.push(response.text());
      });
      await page.goto("/?sort=name");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/1,?000 endpoints: 1 has failed/);
      await expect(page.getByRole("table")).toHaveAttribute("aria-rowcount", "1001");
      expect(await fleetRows(page).count()).toBeLessThan(120);
      const room = () => page.evaluate(() => document.documentElement.scrollHeight);
      expect(await room()).toBeGreaterThan(20_000);

      await page.getByRole("searchbox").focus();
      for (let step = 0; step < 60; step += 1) await page.keyboard.press("ArrowDown");
      const focused = page.locator("main [role=row]:has(a:focus)");
      await expect(focused).toHaveAttribute("aria-rowindex", "61");
      await expect(focused).toBeInViewport();

      // Lines are measured as they become visible, so the end may move a little while scrolling.
      const last = page.locator("main [aria-rowindex='1001']");
      await expect(async () => {
        await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
        await expect(last).toBeInViewport({ timeout: 1_000 });
      }).toPass({ timeout: 20_000 });

      const ids = (await simulator.endpointIds()).toSorted((a, b) => a.localeCompare(b));
      const moved = ids[500] ?? "";
      await page.getByRole("searchbox").fill(moved);
      await expect(fleetRows(page)).toHaveCount(1);
      const patient = { timeout: 60_000 };
      await simulator.deploy(moved, { version: 99, msPerReplica: 600_000 });
      await expect(fleetRows(page)).toHaveAttribute("data-state", /not_started|in_progress/, patient);
      // Changes only, from the first poll after the page on. A busy machine may be late for other endpoints, and says so
      // of each of them.
      const answers = await Promise.all(polled);
      expect(answers.some((answer) => answer.includes(`"${moved}"`))).toBe(true);
      for (const answer of answers) expect(JSON.parse(answer)).toMatchObject({ since: expect.any(String) });
      await context.close();
    },
    { ROLLCALL_POLL_IDLE_SECONDS: "20", ROLLCALL_MAX_REQUESTS_PER_MINUTE: "100000" },
  );
});
