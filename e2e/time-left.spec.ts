import type { Page } from "@playwright/test";
import { z } from "zod";

import { recordPast } from "./support/record-past";
import type { Rollcall } from "./support/rollcall";
import { EndpointScreen } from "./support/screen";
import type { Simulator } from "./support/simulator";
import { expect, test as base } from "./support/test";

const IDLE = "acme-qwen-3-235b";
const STUCK = "acme-llama-3.3-70b";

/** Rollcall has watched the simulated endpoints for 30 days, with a dozen rollouts each. */
const test = base.extend<{ past: null }>({
  past: [
    async ({ rollcall, simulator }, use) => {
      await recordPast(rollcall, simulator);
      await use(null);
    },
    { auto: true },
  ],
});

test.use({ scenario: "demo" });

/** Deploys a version as slowly as the past ones on average, and opens the page. */
async function deploy(simulator: Simulator, page: Page, startedAgo: number): Promise<EndpointScreen> {
  const { deploymentId } = await simulator.deploy(IDLE, { version: 19, replicas: 10, msPerReplica: 3_000 });
  const created = Math.round((Date.now() - startedAgo) / 1_000);
  await simulator.patchDeployment(IDLE, deploymentId, { created });
  const screen = new EndpointScreen(page);
  await screen.open(IDLE);
  return screen;
}

/** What the receipt of the newest rollout says. */
async function receipt(rollcall: Rollcall, endpointId: string): Promise<string> {
  const path = `${rollcall.url}/api/v1/endpoints/${endpointId}`;
  const { current } = z.object({ current: z.string() }).parse(await (await fetch(path)).json());
  return (await fetch(`${path}/rollouts/${current}/receipt.md`)).text();
}

test("a smooth rollout says how long it will still take, and from what that follows", async ({
  page,
  context,
  simulator,
}) => {
  const screen = await deploy(simulator, page, 0);
  const left =
    /About \d+–\d+ (s|min) left: \d+ of 10 in \d+ s here, the last four rollouts took \d+–\d+ (s|min)/;
  await expect(screen.says(left)).toBeVisible({ timeout: 20_000 });
  await expect(page).toHaveTitle(/^\d+\/10 v19, (up to )?\d+(–\d+)? (s|min) left · /);
  const wall = await context.newPage();
  await wall.goto("/wall");
  const tile = wall.getByRole("listitem").filter({ hasText: IDLE.slice("acme-".length) });
  await expect(tile).toContainText(/\d+ (s|min) left/);
  const basic = await context.newPage();
  await basic.goto("/wall/basic");
  await expect(basic.getByText(/\d+ (s|min) left/).first()).toBeVisible();
});

test("a rollout that takes longer than usual is late, in the same words everywhere", async ({
  page,
  context,
  rollcall,
  simulator,
}) => {
  const screen = await deploy(simulator, page, 30 * 60_000);
  await expect(screen.says(/v19 is running late: \d+ of 10 replicas updated, (29|30) min in/)).toBeVisible({
    timeout: 20_000,
  });
  await expect(screen.says(/^\d+ min over the usual \d+–\d+ (s|min)\.$/)).toBeVisible();
  await expect(page).toHaveTitle(/^Late v19 \d+\/10 · /);
  expect(await receipt(rollcall, IDLE)).toMatch(/- \d+ min over the usual \d+–\d+ (s|min)\n/);
  const fleet = await context.newPage();
  await fleet.goto("/");
  await expect(fleet.getByRole("row").filter({ hasText: IDLE })).toContainText(/Late.*over usual/s);
});

test("a stuck rollout says for how long nothing moved, and how often one usually does", async ({ page }) => {
  const screen = new EndpointScreen(page);
  await screen.open(STUCK);
  await expect(
    screen.says(/No replica has moved for \d+ min; here one usually moves every \d+–\d+ s\./),
  ).toBeVisible();
  await expect(screen.says(/v21 looks stuck: 5 of 16 replicas updated/)).toBeVisible();
  await expect(page).toHaveTitle(/^Looks stuck v21 5\/16/);
});
