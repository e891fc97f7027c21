import { join } from "node:path";

import Database from "better-sqlite3";

import { askAbout, askForTimeline } from "./support/current";
import type { Rollcall } from "./support/rollcall";
import { EndpointScreen } from "./support/screen";
import { test as onPostgres } from "./support/postgres-test";
import { expect, test } from "./support/test";
import type { Simulator } from "./support/simulator";

const ENDPOINT = "acme-qwen-3-32b";
/** The browser's console messages about failed history requests. */
const UNREADABLE = /Failed to load resource: .* 503 /;
const PATIENCE = { timeout: 25_000 };

async function update(simulator: Simulator, rollcall: Rollcall, replicas: number): Promise<string> {
  const current = (await askAbout(rollcall, ENDPOINT))?.current ?? "";
  await simulator.patchDeployment(ENDPOINT, current, { updated_replicas: replicas });
  await expect.poll(async () => (await askAbout(rollcall, ENDPOINT))?.updated, PATIENCE).toBe(replicas);
  return current;
}

async function expectReady(rollcall: Rollcall, isReady: boolean): Promise<void> {
  const readyz = async () => (await fetch(`${rollcall.url}/readyz`)).status;
  await expect.poll(readyz, PATIENCE).toBe(isReady ? 200 : 503);
  expect((await fetch(`${rollcall.url}/livez`)).status).toBe(200);
}

/** What a viewer sees while the database fails, and when it is back. */
async function seeThrough(
  parts: { screen: EndpointScreen; rollcall: Rollcall; simulator: Simulator; why: RegExp },
  harm: () => Promise<void>,
  repair: () => Promise<void>,
): Promise<void> {
  const { screen, rollcall, simulator, why } = parts;
  await screen.open(ENDPOINT);
  await expect(screen.main).toHaveAttribute("data-freshness", "live");
  await harm();
  const current = await update(simulator, rollcall, 6);
  await expect(screen.says(/6 of 12 replicas updated/)).toBeVisible();
  await expect(screen.main).toHaveAttribute("data-freshness", "live");
  await expectReady(rollcall, false);
  await expect(screen.says(/History is not being saved since \d\d:\d\d UTC/)).toBeVisible();
  await expect(screen.section("History")).toContainText(why);
  await update(simulator, rollcall, 7);
  await repair();
  await expectReady(rollcall, true);
  await expect(screen.says(/History is not being saved/)).toBeHidden(PATIENCE);
  const { points, transitions } = await askForTimeline(rollcall, ENDPOINT, current);
  expect(points.map((point) => point.updatedReplicas)).toEqual([5, 6, 7]);
  expect(transitions).toHaveLength(2);
}

test.describe("a database file that another program keeps locked", () => {
  test.use({ scenario: "stuck" });

  test("is shown to viewers, who keep seeing live data, and everything is saved once it is free", async ({
    page,
    rollcall,
    simulator,
  }) => {
    const other = new Database(join(rollcall.directory, "rollcall.db"));
    await seeThrough(
      { screen: new EndpointScreen(page), rollcall, simulator, why: /another program keeps it locked/ },
      () => Promise.resolve(void other.exec("begin immediate")),
      () => Promise.resolve(void other.exec("rollback")),
    );
    other.close();
  });
});

onPostgres.describe("a PostgreSQL", () => {
  // A poll waits up to half a second for a database that does not answer. With the usual second between polls, a busy
  // machine would be late.
  onPostgres.use({
    scenario: "stuck",
    settings: async ({ databaseUrl }, use) =>
      use({ DATABASE_URL: databaseUrl, ROLLCALL_POLL_ACTIVE_SECONDS: "2" }),
  });
  onPostgres.beforeEach(({ complaints }) => complaints.expect(UNREADABLE));

  onPostgres(
    "that crashes and comes back loses nothing of what was seen meanwhile",
    async ({ page, rollcall, simulator, postgres }) => {
      await seeThrough(
        { screen: new EndpointScreen(page), rollcall, simulator, why: /PostgreSQL cannot be reached/ },
        () => postgres.crash(),
        () => postgres.restart(),
      );
    },
  );

  onPostgres(
    "whose connections all wait does not keep viewers from live data",
    async ({ page, rollcall, simulator, postgres, databaseUrl }) => {
      let release = () => Promise.resolve();
      await seeThrough(
        { screen: new EndpointScreen(page), rollcall, simulator, why: /PostgreSQL takes too long to answer/ },
        async () => {
          release = await postgres.lockTables(databaseUrl, ["lease", "observation"]);
        },
        () => release(),
      );
    },
  );
});
