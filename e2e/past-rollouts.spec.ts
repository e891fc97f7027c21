import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import Database from "better-sqlite3";
import { violationsInEveryTheme } from "./support/accessibility";
import { askAbout, askForTimeline } from "./support/current";
import type { Rollcall } from "./support/rollcall";
import { EndpointScreen } from "./support/screen";
import { test as sharedTest } from "./support/shared-test";
import { expect, test } from "./support/test";
import type { Simulator } from "./support/simulator";

const ENDPOINT = "acme-qwen-3-32b";

/** Rolls out a version and waits until it is done. */
async function rollOut(rollcall: Rollcall, simulator: Simulator, version: number): Promise<void> {
  await expect.poll(async () => (await askAbout(rollcall, ENDPOINT))?.current).toBeTruthy();
  await simulator.deploy(ENDPOINT, { version, replicas: 12, msPerReplica: 300 });
  await expect
    .poll(async () => (await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}/rollouts?limit=1`)).text(), {
      timeout: 20_000,
    })
    .toMatch(new RegExp(`"version":"${version}".*"status":"done"`));
}

/** Tests on one Rollcall per worker, after rollouts of v9 and then v10. */
const afterTwo = sharedTest.extend<object, { versions: readonly number[] }>({
  versions: [
    async ({ rollcall, simulator }, use) => {
      const versions = [9, 10];
      for (const version of versions) await rollOut(rollcall, simulator, version);
      await use(versions);
    },
    { scope: "worker", auto: true },
  ],
});

afterTwo.use({ scenario: "steady" });

/** The page of v10, once its chart is interactive. */
async function openTenth(page: Page): Promise<EndpointScreen> {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await screen.section("Rollouts").getByRole("link", { name: "v9 → v10" }).click();
  await expect(page).toHaveURL(/\/rollouts\/[0-9a-f-]{36}$/);
  await expect(screen.says(/v10 is done after \d+ s: 12 of 12 replicas updated/)).toBeVisible();
  // The server's HTML looks the same, but does not react to keys or the mouse.
  await expect(screen.liveCurves).toBeVisible();
  return screen;
}

/** What another browser shows at the same address. */
async function inFreshBrowser<T>(
  browser: Browser,
  url: string,
  look: (screen: EndpointScreen) => Promise<T>,
) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await look(new EndpointScreen(page));
  } finally {
    await context.close();
  }
}

const reader = (screen: EndpointScreen) => screen.main.getByRole("slider");

afterTwo.describe("an ended rollout", () => {
  // One after the other in one worker: the two rollouts take ten seconds.
  afterTwo.describe.configure({ mode: "default" });

  afterTwo(
    "a past rollout is listed, and its page keeps the whole curve, every change and the outcome",
    async ({ page, rollcall, simulator }) => {
      const screen = await openTenth(page);
      await expect(screen.chart).toHaveAccessibleName(/Updated went from \d+ to 12\./);
      await expect(screen.section("Log")).toContainText(/Updated replicas: \d+ → 12\./);
      await expect(screen.section("Log")).toContainText(/→ done\./);
      await expect(page).toHaveTitle(`Done v10 · ${ENDPOINT}`);
      await screen.showTable();
      expect((await screen.updatedOverTime()).at(-1)).toBe(12);

      await simulator.fault({ kind: "status", status: 503 });
      await page.goto(`/endpoints/${ENDPOINT}`);
      await expect(screen.main).toHaveAttribute("data-freshness", "blind", { timeout: 20_000 });
      await screen.section("Rollouts").getByRole("link", { name: "v8 → v9" }).click();
      await expect(screen.says(/v9 is done/)).toBeVisible();
      await expect(screen.main).toHaveAttribute("data-freshness", "live");
      // The tests after this one see the endpoint live.
      await simulator.clearFaults();
      await expect
        .poll(async () => (await askAbout(rollcall, ENDPOINT))?.freshness.state, { timeout: 20_000 })
        .toBe("live");
    },
  );

  afterTwo(
    "a moment, a range and a comparison are links that show the same in a fresh browser",
    async ({ page, browser }) => {
      const screen = await openTenth(page);
      const box = await reader(screen).boundingBox();
      if (box === null) throw new Error("The chart has no place.");
      const middle = box.y + box.height / 2;

      const atFirst = (await reader(screen).getAttribute("aria-valuetext")) ?? "";
      await page.mouse.click(box.x + box.width * 0.6, middle);
      await expect(page).toHaveURL(/[?&]at=/);
      await page.mouse.move(0, 0);
      await expect(reader(screen)).not.toHaveAttribute("aria-valuetext", atFirst);
      await expect(reader(screen)).toContainText(/\d+ updated/);
      const pinned = await reader(screen).getAttribute("aria-valuetext");
      await inFreshBrowser(browser, page.url(), async (other) => {
        await expect(reader(other)).toHaveAttribute("aria-valuetext", pinned ?? "");
        await expect(reader(other)).toContainText(/\d+ updated/);
      });

      await page.mouse.move(box.x + box.width * 0.3, middle);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.8, middle, { steps: 4 });
      await page.mouse.up();
      await expect(page).toHaveURL(/[?&]from=.*[?&]until=/);
      const wholeAgain = screen.main.getByRole("button", { name: "Show the whole rollout" });
      await expect(wholeAgain).toBeVisible();
      const range = await screen.chart.getAttribute("aria-label");
      await inFreshBrowser(browser, page.url(), async (other) => {
        await expect(other.chart).toHaveAccessibleName(range ?? "");
        await expect(other.main.getByRole("button", { name: "Show the whole rollout" })).toBeVisible();
      });
      await page.goBack();
      await expect(wholeAgain).toHaveCount(0);
      await expect(screen.chart).not.toHaveAccessibleName(range ?? "");

      const picker = screen.main.getByRole("combobox", { name: "Compare with" });
      const ninth = await picker.getByRole("option", { name: /^v9, done/ }).getAttribute("value");
      // The last success is drawn without being chosen.
      await expect(screen.says(/^Dotted line: v9, done after \d+ s/)).toBeVisible();
      await expect(screen.chart).toContainText(/v9, took \d+ s/);
      await picker.selectOption("none");
      await expect(screen.says(/^Dotted line/)).toHaveCount(0);
      await picker.selectOption(ninth);
      await expect(screen.says(/^Dotted line: v9, done after \d+ s. v10 (was|took)/)).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`with=${ninth ?? ""}`));
      await inFreshBrowser(browser, page.url(), async (other) => {
        await expect(other.says(/^Dotted line: v9, done after \d+ s/)).toBeVisible();
        await expect(other.main.getByRole("combobox", { name: "Compare with" })).toHaveValue(ninth ?? "");
      });
    },
  );

  afterTwo("the rollouts before and after are a click away", async ({ page }) => {
    const screen = await openTenth(page);
    await page.getByRole("link", { name: "Previous rollout: v9" }).click();
    await expect(screen.says(/v9 is done after/)).toBeVisible();
    await page.getByRole("link", { name: "Next rollout: v10" }).click();
    await expect(screen.says(/v10 is done after/)).toBeVisible();
    await expect(page.getByRole("link", { name: /^Next rollout/ })).toHaveCount(0);
  });

  afterTwo(
    "two ticked rollouts are compared, with scripts and without",
    async ({ page, browser, rollcall }) => {
      const tickTwo = async (screen: EndpointScreen) => {
        await screen.open(ENDPOINT);
        const list = screen.section("Rollouts");
        await list.getByRole("checkbox", { name: "Compare v10" }).check();
        await list.getByRole("checkbox", { name: "Compare v8" }).check();
        await list.getByRole("button", { name: "Compare" }).click();
        await expect(screen.page).toHaveURL(/\/rollouts\/[0-9a-f-]+\?with=[0-9a-f-]+$/);
        await expect(screen.says(/v10 is done after/)).toBeVisible();
      };
      const screen = new EndpointScreen(page);
      await tickTwo(screen);
      await expect(screen.main.getByRole("combobox", { name: "Compare with" })).toContainText(/v8, done/);
      expect(await violationsInEveryTheme(page)).toEqual([]);
      const bare = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
      await tickTwo(new EndpointScreen(await bare.newPage()));
      await bare.close();
    },
  );

  afterTwo("a moment is pinned, a range selected, and both are cleared by keyboard", async ({ page }) => {
    const screen = await openTenth(page);
    await reader(screen).focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/[?&]at=/);
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/at=/);
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+End");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/[?&]from=.*[?&]until=/);
    await page.getByRole("button", { name: "Show the whole rollout" }).click();
    await expect(page).not.toHaveURL(/from=/);
  });

  afterTwo(
    "an address that cannot be read shows the whole rollout and says so",
    async ({ page, complaints }) => {
      complaints.expect(/Failed to load resource: the server responded with a status of 404/);
      const screen = await openTenth(page);
      await page.goto(`${page.url()}?at=yesterday&from=x&until=%00&with=nobody`);
      await expect(screen.says(/moment or range in the address/)).toBeVisible();
      await expect(screen.chart).toHaveAccessibleName(/Updated went from \d+ to 12\./);
      await expect(screen.says(/comparison can’t be shown/)).toBeVisible();
    },
  );

  afterTwo("the receipt is copied with one click, and the series comes as CSV", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const screen = await openTenth(page);
    await screen.section("Share").getByRole("button", { name: "Copy the Markdown" }).click();
    await expect(screen.section("Share").getByRole("button", { name: "Copied the Markdown" })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`**${ENDPOINT}: v9 → v10**`);
    expect(copied).toContain("- Outcome: done, 12 of 12 replicas updated");
    expect(copied).toContain(`](<${page.url()}>)`);

    const href = await screen.section("Share").getByRole("link", { name: "CSV" }).getAttribute("href");
    const csv = await page.request.get(href ?? "");
    expect(csv.headers()["content-type"]).toMatch(/^text\/csv/);
    const lines = (await csv.text()).trim().split("\r\n");
    expect(lines[0]).toMatch(/^from,until,watched,status,updatedReplicas/);
    expect(lines.at(-1)).toMatch(/,yes,done,12,12,/);
  });
});

test("an unknown rollout has its own page, with 404", async ({ page, complaints }) => {
  complaints.expect(/Failed to load resource: the server responded with a status of 404/);
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  const response = await page.goto(`/endpoints/${ENDPOINT}/rollouts/nobody`);
  expect(response?.status()).toBe(404);
  await expect(page.getByText(/no record of this rollout/)).toBeVisible();
});

test("a long list of rollouts is loaded a page at a time", async ({ page, simulator }) => {
  const deployed = Array.from({ length: 23 }, (_, index) => ({
    id: `0000000${String(index).padStart(2, "0")}`,
    model: `orgs/acme/models/qwen-3-32b/versions/${index + 101}`,
    version_alias: String(index + 101),
    created: 1_736_700_000 + index * 3_600,
    rollout_status: "done",
    updated_replicas: 12,
    total_replicas: 12,
  }));
  await simulator.putEndpoint(ENDPOINT, { org: "acme", arch: "qwen-3-32b", deployments: deployed });
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await expect(screen.section("Rollouts")).toContainText("v123", { timeout: 20_000 });
  const links = screen.section("Rollouts").getByRole("link");
  await expect(links).toHaveCount(10);
  const more = screen.section("Rollouts").getByRole("button", { name: "Show earlier rollouts" });
  await more.click();
  await expect(links).toHaveCount(20);
  await more.click();
  await expect(links.filter({ hasText: /^v101$/ })).toBeVisible();
  const names = await links.allInnerTexts();
  expect(names).toContain("v122 → v123");
  expect(new Set(names).size).toBe(names.length);
  await expect(more).toHaveCount(0);
});

test("a chart reduces a rollout with thousands of changes to what it can show, and its CSV has them all", async ({
  page,
  rollcall,
}) => {
  await expect.poll(async () => (await askAbout(rollcall, ENDPOINT))?.current).toBeTruthy();
  await rollcall.kill();
  const changes = 9_000;
  const began = Date.now() - (changes + 100) * 1_000;
  const deployment = "00000000-0000-4000-8000-000000000042";
  const database = new Database(join(rollcall.directory, "rollcall.db"));
  database
    .prepare(
      `insert into rollout (endpoint_id, deployment_id, version, first_observed_at, ended_at, last_seen_at, removed_since, sort_at)
       values (?, ?, '4', ?, ?, ?, ?, ?)`,
    )
    .run(ENDPOINT, deployment, began, ...Array.from({ length: 3 }, () => began + changes * 1_000), began);
  database
    .prepare("insert into watch_span (endpoint_id, from_at, until_at) values (?, ?, ?)")
    .run(ENDPOINT, began, began + changes * 1_000);
  const observe = database.prepare(
    `insert into observation (endpoint_id, deployment_id, at, not_before, status, reported_status, updated_replicas, total_replicas, warnings)
     values (?, ?, ?, ?, ?, ?, ?, 500, '[]')`,
  );
  database.transaction(() => {
    for (let nth = 0; nth <= changes; nth += 1) {
      const at = began + nth * 1_000;
      const status = nth === changes ? "done" : "in_progress";
      // There is only one instant with all but one updated, and only one with none.
      const updated = nth === 4_321 ? 499 : nth === 6_543 ? 0 : 100 + (nth % 200);
      observe.run(ENDPOINT, deployment, at, nth === 0 ? null : at - 1_000, status, status, updated);
    }
  })();
  database.close();
  await rollcall.restart();

  const path = `/endpoints/${ENDPOINT}/rollouts/${deployment}`;
  const { points, transitions } = await askForTimeline(rollcall, ENDPOINT, deployment);
  expect(points.length).toBeLessThanOrEqual(2_000);
  expect(points.map(({ updatedReplicas }) => updatedReplicas)).toEqual(expect.arrayContaining([499, 0]));
  expect(transitions).toHaveLength(2_000);
  const csv = await (await fetch(`${rollcall.url}/api/v1${path}/series.csv`)).text();
  expect(csv.trim().split("\r\n")).toHaveLength(1 + changes + 1);

  const screen = new EndpointScreen(page);
  await page.goto(path);
  const list = screen.section("Log");
  // The newest changes are one line, which opens to the newest steps.
  await expect(list.getByText(/ in 2000 steps, one every 1 s/)).toBeVisible();
  await list.getByText(/ in 2000 steps/).click();
  await expect(list.getByText(/^Updated replicas: /).first()).toBeVisible();
  await expect(list).toContainText("1940 earlier steps; the rollout’s CSV has all of them.");
  await expect(list).toContainText("newest 2000 of 9000 changes");
});
