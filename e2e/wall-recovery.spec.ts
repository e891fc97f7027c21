import type { Page } from "@playwright/test";

import { makeNewerBuild } from "./support/newer-build";
import { PASSWORD, SIGN_IN, change, enter, firstPassword, pairScreen } from "./support/people";
import type { Rollcall } from "./support/rollcall";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const POLLS = /\/api\/v1\/endpoints(\?|$)/;
const HOUR_MS = 3_600_000;
/** How long a screen may take to be current again. */
const SOON = { timeout: 60_000 };
/** The browser's console messages about a missing server or network. */
const CUT_OFF = /Failed to load resource: (net::ERR_|the server responded with a status of 401)/;

test.use({ scenario: "stuck" });

/** A wall as a user sees it. */
class Wall {
  readonly picture;
  readonly sentence;

  constructor(readonly page: Page) {
    this.picture = page.locator("main.wall-picture");
    this.sentence = page.getByRole("heading", { level: 1 });
  }

  async open(rollcall: Rollcall): Promise<void> {
    await expect.poll(async () => (await fetch(`${rollcall.url}/readyz`)).status).toBe(200);
    await this.page.goto(`${rollcall.url}/wall`);
    await this.isCurrent();
  }

  /** Live, with its endpoint, and without a sign-in form. */
  async isCurrent(): Promise<void> {
    await expect(this.picture).toHaveAttribute("data-freshness", "live", SOON);
    await expect(this.picture.getByText(ENDPOINT)).toBeVisible();
    await expect.poll(() => this.ageMs(), SOON).toBeLessThan(10_000);
    await expect(this.page.locator("input")).toHaveCount(0);
    expect(new URL(this.page.url()).pathname).toBe("/wall");
  }

  /** How long ago the observation was that it states. */
  private async ageMs(): Promise<number> {
    const observedAt = await this.picture.locator(".wall-clock time").getAttribute("datetime");
    return Date.now() - Date.parse(observedAt ?? "");
  }

  /** When the page was loaded. A different number means a reload. */
  loadedAt(): Promise<number> {
    return this.page.evaluate(() => performance.timeOrigin);
  }
}

test("a wall is current again after its server was away", async ({ page, rollcall, complaints }) => {
  test.setTimeout(120_000);
  complaints.expect(CUT_OFF);
  const wall = new Wall(page);
  await wall.open(rollcall);
  const loadedAt = await wall.loadedAt();
  await rollcall.kill("SIGKILL");
  await expect(wall.sentence).toContainText("server has not answered", SOON);
  await expect(wall.picture).toHaveAttribute("data-freshness", "cut_off");
  await rollcall.restart();
  await wall.isCurrent();
  expect(await wall.loadedAt()).toBe(loadedAt);
});

test("a wall reloads once when a newer build runs", async ({ page, rollcall, complaints }) => {
  test.setTimeout(150_000);
  complaints.expect(CUT_OFF);
  const newer = await makeNewerBuild();
  try {
    const wall = new Wall(page);
    await wall.open(rollcall);
    let loads = 0;
    page.on("domcontentloaded", () => (loads += 1));
    await rollcall.restart({}, newer.server);
    await expect.poll(() => loads, SOON).toBe(1);
    await wall.isCurrent();
    // After a few more polls it would have reloaded again.
    await Promise.all(Array.from({ length: 3 }, () => untilPolled(page)));
    expect(loads).toBe(1);
    expect(await page.locator("script[src*='newer-']").count()).toBeGreaterThan(0);
  } finally {
    await newer.remove();
  }
});

test("a server that names another build than it sends causes one reload, and no loop", async ({
  page,
  rollcall,
}) => {
  await page.clock.install();
  const wall = new Wall(page);
  await page.route(POLLS, async (route) => {
    const response = await route.fetch({ headers: { ...route.request().headers(), "if-none-match": "" } });
    const body = (await response.text()).replaceAll(/"build":"[^"]*"/g, '"build":"another"');
    await route.fulfill({ response, body });
  });
  await wall.open(rollcall);
  let loads = 0;
  page.on("domcontentloaded", () => (loads += 1));
  // When it polls a second time, it has processed the first answer.
  await untilPolled(page);
  await untilPolled(page);
  await page.clock.fastForward(31_000);
  await expect.poll(() => loads).toBe(1);
  await wall.isCurrent();
  for (let turn = 0; turn < 4; turn += 1) {
    await untilPolled(page);
    await page.clock.fastForward(31_000);
  }
  await wall.isCurrent();
  expect(loads).toBe(1);
});

test("a wall is current again after an hour offline", async ({ page, rollcall, complaints }) => {
  test.setTimeout(120_000);
  complaints.expect(CUT_OFF);
  await page.clock.install();
  const wall = new Wall(page);
  await wall.open(rollcall);
  await page.context().setOffline(true);
  for (let part = 0; part < 12; part += 1) await page.clock.fastForward(HOUR_MS / 12);
  await expect(wall.picture).toHaveAttribute("data-freshness", "cut_off");
  await expect(wall.sentence).toContainText("server has not answered");
  await page.context().setOffline(false);
  await wall.isCurrent();
});

test("a wall that slept never shows old data as current, and polls once", async ({ page, rollcall }) => {
  test.setTimeout(120_000);
  await page.clock.install();
  const wall = new Wall(page);
  await wall.open(rollcall);
  let asked = 0;
  const held: (() => void)[] = [];
  let isHolding = true;
  await page.route(POLLS, async (route) => {
    asked += 1;
    if (isHolding) await new Promise<void>((go) => held.push(go));
    await route.continue();
  });
  await page.clock.fastForward(8 * HOUR_MS);
  await expect(wall.picture).not.toHaveAttribute("data-freshness", "live");
  await expect.poll(() => held.length).toBe(1);
  expect(asked).toBe(1);
  isHolding = false;
  for (const go of held) go();
  await wall.isCurrent();
});

for (const [words, shift] of [
  ["ahead", 24 * HOUR_MS],
  ["back", -24 * HOUR_MS],
] as const) {
  test(`a wall whose clock is set ${words} by a day is current`, async ({ page, rollcall }) => {
    test.setTimeout(120_000);
    await page.clock.install();
    const wall = new Wall(page);
    await wall.open(rollcall);
    await page.clock.setSystemTime(Date.now() + shift);
    await untilPolled(page);
    await wall.isCurrent();
    await untilPolled(page);
    await wall.isCurrent();
  });
}

test.describe("where people sign in", () => {
  test.use({ settings: SIGN_IN });

  test("a wall whose pass was revoked keeps its data, dimmed, and is current once approved again", async ({
    page,
    rollcall,
    complaints,
  }) => {
    test.setTimeout(120_000);
    complaints.expect(CUT_OFF);
    const admin = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
    const { id, cookie } = await pairScreen(rollcall, admin);
    const [name = "", value = ""] = cookie.split("=");
    await page.context().addCookies([{ name, value, url: rollcall.url }]);
    const wall = new Wall(page);
    await wall.open(rollcall);
    await change(rollcall, "DELETE", `/api/v1/screens/${id}`, { headers: { cookie: admin } });
    const code = page.getByText(/^[B-Z]{4}-[B-Z]{4}$/);
    await expect(code).toBeVisible(SOON);
    await expect(page.locator(".wall-dimmed").getByText(ENDPOINT)).toBeAttached();
    await expect(page.locator("input")).toHaveCount(0);
    const body = {
      code: (await code.textContent()) ?? "",
      name: "Hall",
      displaySettings: { endpointIds: null, theme: "dark", rotateSeconds: null },
    };
    await change(rollcall, "POST", "/api/v1/screens", { body, headers: { cookie: admin } });
    await wall.isCurrent();
  });
});

async function untilPolled(page: Page): Promise<void> {
  await page.waitForResponse((response) => POLLS.test(response.url()));
}
