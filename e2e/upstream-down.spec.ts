import { fleetRows } from "./support/fleet";
import { EndpointScreen } from "./support/screen";
import type { Fault } from "./support/simulator-words";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

test.use({ scenario: "stuck" });

const WAYS_DOWN: readonly { name: string; fault: Fault; reason: RegExp }[] = [
  { name: "refuses connections", fault: { kind: "refuse" }, reason: /could not be reached/ },
  { name: "answers 503", fault: { kind: "status", status: 503 }, reason: /answers 503/ },
];

for (const { name, fault, reason } of WAYS_DOWN) {
  test(`an upstream that ${name} blinds the page, which recovers by itself`, async ({ page, simulator }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await expect(screen.says(/5 of 12 replicas updated/)).toBeVisible();
    await expect(screen.main).toHaveAttribute("data-freshness", "live");
    const cell = screen.rollCall.locator("span span").first();
    const color = () => cell.evaluate((drawn) => getComputedStyle(drawn).backgroundColor);
    const before = await color();

    await simulator.fault(fault);
    await expect(screen.main).toHaveAttribute("data-freshness", "delayed");
    await expect(screen.says(/^Delayed: last seen .* ago/)).toBeVisible();
    await expect(screen.main).toHaveAttribute("data-freshness", "blind");
    const outage = screen.says(/^Blind since \d\d:\d\d/);
    await expect(outage).toContainText(reason);
    await expect(screen.says(/^Next try (in \d+ s|now)$/)).toBeVisible();
    await expect(screen.says(/When last seen at .*5 of 12 replicas updated/)).toBeVisible();
    await expect(page).toHaveTitle(/^Blind · /);
    await expect.poll(color).not.toBe(before);

    await simulator.clearFaults();
    await expect(screen.main).toHaveAttribute("data-freshness", "live", { timeout: 20_000 });
    await expect(screen.says(/^v8 .*5 of 12 replicas updated/)).toBeVisible();
    await expect.poll(color).toBe(before);
    await expect(screen.chart).toHaveAccessibleName(/\d gaps? without observations/);
    await screen.showTable();
    expect((await screen.gapReasons()).some((reported) => reason.test(reported))).toBe(true);
  });
}

test("an upstream that hangs is shown as delayed, with the reason", async ({ page, simulator }) => {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await simulator.fault({ kind: "hang" });
  await expect(screen.says(/^Delayed: last seen .* ago/)).toBeVisible();
  await expect(screen.says(/did not answer within 10 s/)).toBeVisible({ timeout: 20_000 });
  await simulator.clearFaults();
  await expect(screen.main).toHaveAttribute("data-freshness", "live", { timeout: 20_000 });
});

test.describe("the list of endpoints", () => {
  test.use({ scenario: "every-status" });

  test("goes blind as a whole and comes back as a whole", async ({ page, simulator }) => {
    await page.goto("/");
    const lines = fleetRows(page);
    await expect(lines).toHaveCount(8);
    await simulator.fault({ kind: "status", status: 500 });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Blind since .*answers 500/, {
      timeout: 30_000,
    });
    await expect(lines.filter({ hasText: /Blind, .*not seen since \d\d:\d\d/ })).toHaveCount(8);
    await simulator.clearFaults();
    await expect(lines.filter({ hasText: "Blind" })).toHaveCount(0, { timeout: 30_000 });
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(/Blind/);
  });
});

test("after a 429 no request is made before the time in Retry-After", async ({ page, simulator }) => {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  const pause = 6;
  const fault = { kind: "status", status: 429, headers: { "retry-after": String(pause) }, times: 1 } as const;
  const { at } = await simulator.fault(fault);
  await expect(screen.says(/asks Rollcall to slow down \(429\)/)).toBeVisible();
  await expect(screen.says(/Next try in/)).toBeVisible();

  const waited = async () => {
    const requests = await simulator.requests(at);
    const refused = requests.find(({ status }) => status === 429);
    // Requests that were already under way are answered at the same time as the refused one.
    const later = requests.filter((request) => refused !== undefined && request.at > refused.at + 50);
    return refused === undefined || later[0] === undefined ? null : later[0].at - refused.at;
  };
  await expect.poll(waited, { timeout: 15_000 }).not.toBeNull();
  expect(await waited()).toBeGreaterThanOrEqual(pause * 1000 - 50);
  await expect(screen.main).toHaveAttribute("data-freshness", "live", { timeout: 15_000 });
});

test.describe("the first look", () => {
  test.use({ settings: { ROLLCALL_ENDPOINTS: ENDPOINT } });

  test("is shown as under way while the upstream hangs, and ends by itself", async ({
    page,
    simulator,
    rollcall,
  }) => {
    await rollcall.kill("SIGKILL");
    await simulator.fault({ kind: "hang" });
    await rollcall.restart({ DATABASE_URL: `file:${rollcall.directory}/another.db` });
    await page.goto(`/endpoints/${ENDPOINT}`);
    const screen = new EndpointScreen(page);
    await expect(screen.says("Rollcall is taking its first look at this endpoint.")).toBeVisible();
    await expect(screen.main).not.toContainText(/\d+ of \d+/);
    await expect(screen.says(/No poll has succeeded yet: .*did not answer/)).toBeVisible({ timeout: 20_000 });
    await simulator.clearFaults();
    await expect(screen.says(/5 of 12 replicas updated/)).toBeVisible({ timeout: 20_000 });
  });
});
