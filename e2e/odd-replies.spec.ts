import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

test.describe("the published example", () => {
  test.use({ scenario: "published-example", settings: { CEREBRAS_ORG: "my-org" } });

  test("is done, with counts that are not reported", async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open("my-org-llama-3.3-70b");
    await expect(screen.says(/v1 is done\. The API reports no replica counts\./)).toBeVisible();
    await expect(screen.says(/not reported/)).toBeVisible();
    await expect(screen.says("production-jan-12-2026-finetuned")).toBeVisible();
    await expect(screen.section("Rollouts")).toContainText("not reported");
    await expect(screen.rollCall).toHaveCount(0);
    await expect(screen.main).not.toContainText(/\b0 of/);
    await expect(page).toHaveTitle("Done v1 · my-org-llama-3.3-70b");
  });
});

test.describe("missing counts", () => {
  test.use({ scenario: "missing-counts" });

  test("are shown as missing, not as zero", async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await expect(screen.says(/v8 is rolling out.*The API reports no replica counts\./)).toBeVisible();
    await expect(screen.says(/may not be zero/)).toBeVisible();
    await expect(screen.rollCall).toHaveCount(0);
    await expect(screen.chart).toHaveCount(0);
    await expect(screen.main).not.toContainText(/\b0 of/);
  });
});

test.describe("7 of 5", () => {
  test.use({ scenario: "seven-of-five" });

  test("is shown as 7 of 5, with a warning", async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await expect(screen.says(/v8 is rolling out: 7 of 5 replicas updated/)).toBeVisible();
    await expect(screen.says(/More replicas are reported as updated than there are: 7 of 5/)).toBeVisible();
    expect(await screen.cells()).toEqual({ filled: 5, all: 5 });
    await expect(page).toHaveTitle(/^7\/5 v8/);
  });
});

test.describe("nothing deployed", () => {
  test.use({ scenario: "nothing-deployed" });

  test("is shown, with what to do next", async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await expect(screen.says("Nothing is deployed on this endpoint.")).toBeVisible();
    await expect(screen.says(/When you deploy a model version/)).toBeVisible();
    await expect(page).toHaveTitle(/^Nothing deployed/);
  });
});

test.describe("no endpoint", () => {
  test.use({ scenario: "no-endpoints" });

  test("is shown, with what to do next", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: /No endpoints to watch/ })).toBeVisible();
    await expect(page.getByText(/ROLLCALL_ENDPOINTS/)).toBeVisible();
  });
});

test.describe("two rollouts at once", () => {
  test.use({ scenario: "overlapping" });

  test("have a row of replicas each, and say which is newest", async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    const articles = screen.main.getByRole("article");
    await expect(articles).toHaveCount(2);
    await expect(articles.nth(0)).toContainText(/^Newest/);
    await expect(articles.nth(0)).toContainText(/v9 is rolling out/);
    await expect(articles.nth(1)).toContainText(/v8 is rolling out/);
    await expect(articles.getByRole("img", { name: /replicas updated/ })).toHaveCount(2);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "2 rollouts are under way at once: v9, the newest, and v8.",
    );
    await expect(screen.chart).toHaveCount(1);
    await expect(screen.chart).toContainText(/\d+ updated, v9/);
    await expect(screen.chart).toContainText(/\d+ updated, v8/);
  });
});

test.describe("odd fields", () => {
  test.use({ scenario: "odd-fields" });

  test("are shown verbatim, each with a warning, or listed beside the raw reply", async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    for (const words of [
      /is reported as -3, below zero/,
      /is reported as 7\.5, not a whole number/,
      /is reported as seven, which is not a number/,
      /The total is reported as 0 replicas/,
      /The creation time lies in the future/,
      /looks like milliseconds/,
      /2026-01-12T14:02:00Z, which is not a time/,
      /is listed more than once; the first was used/,
      /A deployment in the list could not be read/,
    ]) {
      await expect(screen.says(words)).toBeVisible();
    }
    await expect(screen.main).not.toContainText(
      /Infinity|undefined|\[object|Invalid Date|-\d+ (s|min) (in|ago)/,
    );
    await screen.main.getByRole("button", { name: "Show the reply" }).click();
    await expect(screen.says(/Fields that Rollcall doesn’t use/)).toContainText("region");
    await expect(screen.main.getByLabel("Raw reply", { exact: true })).toContainText("extra-fields");

    await screen.open("acme-odd-endpoint");
    await expect(screen.says(/A deployment in the list could not be read/)).toBeVisible();
    await expect(screen.main).not.toContainText(/NaN|Invalid Date|undefined|null/);
  });
});

test.describe("a reply that cannot be read", () => {
  test.use({ scenario: "stuck" });

  test("is shown verbatim until a readable one arrives", async ({ page, simulator, complaints }) => {
    complaints.expect(/Failed to load resource/);
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await screen.main.getByRole("button", { name: "Show the reply" }).click();
    const reply = screen.main.getByLabel("Raw reply", { exact: true });
    await expect(reply).toContainText("deployed_models");

    await simulator.fault({ kind: "html" });
    await expect(reply).toContainText("<h1>Please sign in</h1>", { timeout: 20_000 });
    await expect(screen.says(/couldn’t read this reply/)).toBeVisible();
    await expect(screen.rollCall).toHaveAccessibleName("5 of 12 replicas updated");

    await simulator.clearFaults();
    await expect(reply).toContainText("deployed_models", { timeout: 20_000 });
    await expect(screen.says(/couldn’t read this reply/)).toHaveCount(0);
  });
});
