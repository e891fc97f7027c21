import { recordPast } from "./support/record-past";
import { EndpointScreen } from "./support/screen";
import { expect, test as base } from "./support/test";

const FAILED = "acme-llama3.1-8b";
const METRICS = "/api/v1/metrics";
const KEY = "simulator-inference-key";

/** Rollcall with a Metrics API, whose key is searched for wherever no key may be. */
const test = base.extend({
  settings: async ({ simulator }, use) => {
    simulator.keys.add(KEY);
    await use({
      CEREBRAS_INFERENCE_API_KEY: KEY,
      CEREBRAS_ORGANIZATION_ID: "org_simulated",
      CEREBRAS_METRICS_URL: simulator.upstream,
    });
  },
});

test.describe("with a recorded past", () => {
  test.use({ scenario: "demo" });

  test("a person reads whether callers noticed a rollout", async ({
    page,
    rollcall,
    simulator,
    settings,
  }) => {
    await recordPast(rollcall, simulator, settings);
    const screen = new EndpointScreen(page);
    await screen.open(FAILED);
    const section = screen.section("Callers");
    await expect(section.getByText(/^Failures rose from 0\.\d % to \d.* % of requests/)).toBeVisible();
    await expect(section.getByRole("figure")).toContainText("Failed requests");
    const row = (name: string) => section.getByRole("row", { name }).getByRole("cell");
    await expect(row("Requests").nth(1)).toHaveText(/^[1-9]\d?,\d{3}$/);
    await expect(row("Failed").nth(2)).toHaveText(/^\d+(\.\d)? %$/);
    await expect(section.getByText(/measures old and new replicas together/)).toBeVisible();

    const [, deploymentId = ""] =
      /"current":"([^"]+)"/.exec(await (await fetch(`${rollcall.url}/api/v1/endpoints/${FAILED}`)).text()) ??
      [];
    const path = `${rollcall.url}/api/v1/endpoints/${FAILED}/rollouts/${deploymentId}`;
    expect(await (await fetch(`${path}/receipt.md`)).text()).toContain("Failures rose from");
    const first = await fetch(`${path}/traffic`);
    const again = await fetch(`${path}/traffic`, {
      headers: { "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect([first.status, again.status]).toEqual([200, 304]);
  });
});

base("without a key and an id nothing of it is asked or shown", async ({ page, simulator }) => {
  const screen = new EndpointScreen(page);
  await screen.open("acme-qwen-3-32b");
  await expect(screen.says(/v8 is done/)).toBeVisible();
  await expect(screen.section("Over time")).toBeVisible();
  await expect(screen.section("Callers")).toHaveCount(0);
  expect((await simulator.countRequests(METRICS)).total).toBe(0);
});

for (const [what, fault, says] of [
  ["a refused key", { kind: "status", status: 401 }, /rejects the inference key \(401\)/],
  ["a limit", { kind: "status", status: 429, headers: { "retry-after": "60" } }, /slow down \(429\)/],
  ["a page instead of metrics", { kind: "html" }, /cannot be read/],
] as const) {
  test.describe(`with ${what}`, () => {
    test.beforeEach(async ({ simulator }) => {
      await simulator.fault({ ...fault, path: METRICS });
    });

    test("the section says what happened, and the rest stays live", async ({ page, simulator }) => {
      const screen = new EndpointScreen(page);
      await screen.open("acme-qwen-3-32b");
      await expect(screen.section("Callers").getByText(says)).toBeVisible();
      await expect(screen.main).toHaveAttribute("data-freshness", "live");
      await expect(screen.says(/v8 is done/)).toBeVisible();
      await page.goto("/doctor");
      await expect(page.getByRole("heading", { name: "Metrics API" })).toBeVisible();
      await expect(page.getByText(says).first()).toBeVisible();
      expect((await simulator.countRequests(METRICS)).total).toBeLessThanOrEqual(2);
    });
  });
}
