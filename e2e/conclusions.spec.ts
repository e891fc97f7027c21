import type { BrowserContext, Page } from "@playwright/test";
import { z } from "zod";

import type { Rollcall } from "./support/rollcall";
import { EndpointScreen } from "./support/screen";
import type { Simulator } from "./support/simulator";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

const viewSchema = z.object({
  current: z.string(),
  freshness: z.object({ observedAt: z.coerce.date() }),
  rollouts: z.array(
    z.object({
      status: z.string(),
      conditions: z.array(z.object({ code: z.string(), message: z.string() })),
    }),
  ),
});

async function readView({ url }: Rollcall) {
  return viewSchema.parse(await (await fetch(`${url}/api/v1/endpoints/${ENDPOINT}`)).json());
}

/** The newest rollout's receipt, without the backslashes of Markdown. */
async function readReceipt(rollcall: Rollcall): Promise<string> {
  const { current } = await readView(rollcall);
  const path = `${rollcall.url}/api/v1/endpoints/${ENDPOINT}/rollouts/${current}/receipt.md`;
  return (await (await fetch(path)).text()).replaceAll("\\", "");
}

/** The sentence of a condition in the API, once it holds and nothing moves any more. */
async function concluded(rollcall: Rollcall, simulator: Simulator, code: string): Promise<string> {
  const find = async () =>
    (await readView(rollcall)).rollouts[0]?.conditions.find((each) => each.code === code)?.message;
  await expect.poll(find, { intervals: [100] }).toBeDefined();
  await simulator.clock({ paused: true });
  const pausedAt = Date.now();
  const asked = async () => (await readView(rollcall)).freshness.observedAt.getTime();
  // A poll that began earlier may have seen former counts.
  await expect.poll(asked, { timeout: 20_000 }).toBeGreaterThan(pausedAt + 1_500);
  return (await find()) ?? "";
}

/** That both walls and the fleet say the same about the endpoint. */
async function expectOnWalls(context: BrowserContext, words: RegExp): Promise<void> {
  const page = await context.newPage();
  await page.goto("/wall");
  await expect(page.getByRole("listitem").filter({ hasText: "qwen-3-32b" })).toContainText(words);
  await page.goto("/wall/basic");
  await expect(page.getByRole("row").filter({ hasText: ENDPOINT })).toContainText(words);
  await page.close();
}

/** Opens the page while the rollout has just begun, and lets it go on. */
async function openEarly(page: Page, simulator: Simulator): Promise<EndpointScreen> {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await expect(screen.says(/v8 is (rolling out|waiting to start): \d of 12 replicas updated/)).toBeVisible();
  await simulator.clock({ paused: false });
  return screen;
}

test.describe("a failing rollout", () => {
  test.use({ scenario: "failing", speed: 10, startsPaused: true });

  test("says where it failed as soon as it does, and why", async ({ page, context, rollcall, simulator }) => {
    const screen = await openEarly(page, simulator);
    await expect(screen.says(/v8 failed \d+ s ago at 7 of 12 replicas\./)).toBeVisible({ timeout: 20_000 });
    await expect(screen.main.getByRole("heading", { name: "Error message" })).toBeAttached();
    await expect(page).toHaveTitle(/^Failed v8 7\/12 · /);
    await expectOnWalls(context, /Failed.*7 of 12/);
    expect(await readReceipt(rollcall)).toContain("- Outcome: failed, 7 of 12 replicas updated\n");
  });
});

test.describe("a rolled-back rollout", () => {
  test.use({ scenario: "rolling-back", speed: 10, startsPaused: true });

  test("says that it rolls back while it does, and how it ended", async ({
    page,
    context,
    rollcall,
    simulator,
  }) => {
    const screen = await openEarly(page, simulator);
    await expect(screen.says(/v8 is rolling back: \d of 12 replicas updated, \d+ (s|min) in\./)).toBeVisible({
      timeout: 20_000,
    });
    await expect(page).toHaveTitle(/^Rolling back v8 \d\/12 · /);
    const { current } = await readView(rollcall);
    await simulator.patchDeployment(ENDPOINT, current, {
      rollout_status: "rolled_back",
      updated_replicas: 0,
    });
    await expect(screen.says(/v8 was rolled back after .*: 0 of 12 replicas updated\./)).toBeVisible();
    await expect(page).toHaveTitle(/^Rolled back v8 · /);
    await expectOnWalls(context, /Rolled back/);
    expect(await readReceipt(rollcall)).toContain("- Outcome: rolled back, 0 of 12 replicas updated\n");
  });
});

test.describe("overlapping rollouts", () => {
  test.use({ scenario: "overlapping" });

  test("say in the same words which is newest, what each holds and which is likely to win", async ({
    page,
    context,
    rollcall,
    simulator,
  }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    const sentence = await concluded(rollcall, simulator, "overlapping");
    expect(sentence).toMatch(
      /^2 rollouts are under way at once: v9, the newest, and v8\. v9 reports \d of 12 replicas updated, v8 reports \d of 12 replicas updated\. Rollcall concludes that v9 is likely to win: it was requested last\.$/,
    );
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      sentence.slice(0, sentence.indexOf(" v9 reports")),
    );
    await expect(screen.says(sentence.slice(sentence.indexOf("v9 reports")))).toBeVisible();
    await expect(page).toHaveTitle(/^\d\/12 v9.*, 2 rollouts at once · /);
    await expectOnWalls(context, /2 rollouts at once/);
    expect(await readReceipt(rollcall)).toContain(`- ${sentence.slice(0, -1)}\n`);
  });
});

test.describe("a rollout that goes backwards", () => {
  test.use({ scenario: "regressing", speed: 10, startsPaused: true });

  test("is explained in the same words everywhere", async ({ page, context, rollcall, simulator }) => {
    const screen = await openEarly(page, simulator);
    const sentence = await concluded(rollcall, simulator, "regressing");
    expect(sentence).toMatch(
      /^Replicas are going backwards: \d updated now, \d before, while Cerebras still reports it as in progress\./,
    );
    await expect(screen.says(/v8 seems to be going backwards: \d of 12 replicas updated/)).toBeVisible();
    await expect(screen.says(sentence)).toBeVisible();
    await expect(page).toHaveTitle(/^Going backwards v8 \d\/12 · /);
    await expectOnWalls(context, /Going backwards/);
    expect(await readReceipt(rollcall)).toContain(`- ${sentence.slice(0, -1)}\n`);
  });
});
