import { EndpointScreen } from "./support/screen";
import type { Simulator } from "./support/simulator";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

// The clock practically stands still, and the tests advance it.
test.use({ scenario: "smooth", speed: 0.001 });

/** How many replicas of the rollout the simulator serves as updated. */
async function served(simulator: Simulator): Promise<number> {
  const changes = await simulator.changes();
  return Math.max(0, ...changes.map(({ updated }) => Number(updated)).filter((count) => count <= 12));
}

test("sentence, cells, chart, table, title and icon follow a rollout from 0 to 12", async ({
  page,
  simulator,
}) => {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await expect(screen.says(/v8 is waiting to start: 0 of 12 replicas updated/)).toBeVisible();
  expect(await screen.cells()).toEqual({ filled: 0, all: 12 });
  const waiting = await screen.icon();
  await screen.showTable();

  const seen = [0];
  while (seen.at(-1) !== 12) {
    await simulator.clock({ advanceMs: seen.length === 1 ? 15_000 : 20_000 });
    const updated = await served(simulator);
    await expect(screen.says(new RegExp(`v8 is .*: ${updated} of 12 replicas updated`))).toBeVisible();
    await expect(screen.rollCall).toHaveAccessibleName(`${updated} of 12 replicas updated`);
    await expect.poll(() => screen.cells()).toEqual({ filled: updated, all: 12 });
    await expect(screen.chart).toHaveAccessibleName(
      updated === 0 ? /Updated and total/ : new RegExp(`Updated went from 0 to ${updated}\\.`),
    );
    await expect.poll(() => screen.updatedOverTime()).toEqual(expect.arrayContaining([...seen, updated]));
    if (updated > 0 && updated < 12)
      await expect(page).toHaveTitle(new RegExp(`^${updated}/12 v8(, .* left)? · `));
    if (updated !== seen.at(-1)) seen.push(updated);
  }
  await simulator.clock({ advanceMs: 30_000 });
  await expect(screen.says(/v8 is done after \d+ s.*: 12 of 12 replicas updated/)).toBeVisible();
  await expect(page).toHaveTitle(`Done v8 · ${ENDPOINT}`);
  await expect.poll(() => screen.icon()).not.toBe(waiting);

  const rows = await screen.updatedOverTime();
  expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  expect(seen.length).toBeGreaterThan(4);
  await expect(screen.section("Log")).toContainText(/v8/);
});

test("a page opened during a rollout shows the whole curve", async ({ page, simulator, rollcall }) => {
  const path = `${rollcall.url}/api/v1/endpoints/${ENDPOINT}`;
  const counted = () =>
    fetch(path)
      .then((response) => response.json())
      .then(
        (view: { rollouts?: { updatedReplicas: number | null }[] }) => view.rollouts?.[0]?.updatedReplicas,
      );
  await expect.poll(counted).toBe(0);
  const seen = [0];
  for (const ahead of [15_000, 20_000, 20_000]) {
    await simulator.clock({ advanceMs: ahead });
    const updated = await served(simulator);
    await expect.poll(counted).toBe(updated);
    seen.push(updated);
  }

  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await expect(screen.chart).toHaveAccessibleName(
    new RegExp(`Updated went from 0 to ${String(seen.at(-1))}\\.`),
  );
  await screen.showTable();
  expect(await screen.updatedOverTime()).toEqual(expect.arrayContaining(seen));
});

test.describe("going backwards", () => {
  test.use({ scenario: "regressing" });

  test("is concluded and marked as Rollcall's conclusion", async ({ page, simulator }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await simulator.clock({ advanceMs: 50_000 });
    await expect(screen.says(/v8 is rolling out: [78] of 12 replicas updated/)).toBeVisible();
    await simulator.clock({ advanceMs: 60_000 });
    await expect(screen.says(/v8 seems to be going backwards: 5 of 12 replicas updated/)).toBeVisible();
    await expect(screen.says(/5 updated now, [78] before/)).toBeVisible();
    await expect(page).toHaveTitle(/^Going backwards v8/);
  });
});

test.describe("rolling back", () => {
  test.use({ scenario: "rolling-back" });

  test("is the API's own word, not a conclusion", async ({ page, simulator }) => {
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await simulator.clock({ advanceMs: 200_000 });
    await expect(screen.says(/v8 is rolling back: 2 of 12 replicas updated/)).toBeVisible();
    await expect(screen.main).not.toContainText(/going backwards/);
  });
});

test("a deployment made while the page is open appears by itself", async ({ page, simulator }) => {
  await simulator.setScenario("steady", { speed: 1 });
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await expect(screen.says(/v8 is done/)).toBeVisible();
  await simulator.deploy(ENDPOINT, { version: 9, replicas: 12, msPerReplica: 300 });
  await expect(screen.says(/v9 is done.*: 12 of 12 replicas updated/)).toBeVisible({ timeout: 20_000 });
  await expect(screen.section("Rollouts").locator("tbody tr[data-state]")).toHaveCount(2);
});
