import { once } from "node:events";
import { connect } from "node:net";

import { z } from "zod";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
/** The browser's console messages about a stopped server. */
const CUT_OFF = /Failed to load resource: net::ERR_(CONNECTION_(REFUSED|RESET)|EMPTY_RESPONSE)/;

const viewSchema = z.object({
  current: z.string().nullable(),
  rollouts: z.array(z.object({ deploymentId: z.string(), updatedReplicas: z.number().nullable() })),
});
const detailSchema = z.object({
  points: z.array(z.object({ from: z.string(), updatedReplicas: z.number().nullable() })),
  gaps: z.array(z.object({ from: z.string() })),
});

test.describe("our own server", () => {
  test.use({ scenario: "stuck" });

  test("is shown as not answering while it is down, and the page recovers by itself", async ({
    page,
    rollcall,
    complaints,
  }) => {
    complaints.expect(CUT_OFF);
    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await expect(screen.main).toHaveAttribute("data-freshness", "live");
    const loaded = await page.evaluate(() => performance.timeOrigin);

    await rollcall.kill();
    await expect(screen.says(/server has not answered since \d\d:\d\d/)).toBeVisible({ timeout: 20_000 });
    await expect(screen.says(/Trying again in/)).toBeVisible();
    await expect(screen.says(/When last seen at .*5 of 12/)).toBeVisible();
    await expect(page).toHaveTitle(/^Blind · /);

    await rollcall.restart();
    await expect(screen.main).toHaveAttribute("data-freshness", "live", { timeout: 30_000 });
    await expect(screen.says(/^v8 .*5 of 12 replicas updated/)).toBeVisible();
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
    await screen.showTable();
    await expect.poll(() => screen.gapReasons()).toContainEqual(expect.stringMatching(/was not running/));
  });
});

test("the server stops soon after a signal, even while a browser holds an idle connection", async ({
  rollcall,
}) => {
  const { hostname, port } = new URL(rollcall.url);
  const silent = connect(Number(port), hostname);
  silent.on("error", () => undefined);
  await once(silent, "connect");
  const reportedAt = Date.now();
  await rollcall.kill("SIGTERM");
  expect(Date.now() - reportedAt).toBeLessThan(8_000);
  silent.destroy();
});

test.describe("killed in the middle of a rollout", () => {
  // The clock practically stands still, and the test advances it.
  test.use({ scenario: "smooth", speed: 0.001 });

  test("the server loses nothing that it reported to a client, and shows the gaps", async ({
    page,
    simulator,
    rollcall,
  }) => {
    const view = `${rollcall.url}/api/v1/endpoints/${ENDPOINT}`;
    const reported = new Set<number>();
    let deployment = "";
    const look = async (): Promise<number> => {
      const response = await fetch(view).catch(() => null);
      if (response?.status !== 200) return reported.size;
      const body = viewSchema.parse(await response.json());
      const current = body.rollouts.find(({ deploymentId }) => deploymentId === body.current);
      deployment = current?.deploymentId ?? deployment;
      if (current !== undefined && current.updatedReplicas !== null) reported.add(current.updatedReplicas);
      return reported.size;
    };

    await expect.poll(look, { intervals: [50], timeout: 20_000 }).toBe(1);
    for (const known of [1, 2, 3]) {
      await simulator.clock({ advanceMs: 20_000 });
      // Killed as soon as a client has seen an update.
      await expect.poll(look, { intervals: [50], timeout: 20_000 }).toBe(known + 1);
      await rollcall.kill("SIGKILL");
      const killedAt = Date.now();
      // More than two intervals without an observation are a gap.
      await expect.poll(() => Date.now() - killedAt).toBeGreaterThan(2500);
      await rollcall.restart();
    }
    await simulator.clock({ advanceMs: 100_000 });
    await expect.poll(async () => (await look(), reported.has(12)), { timeout: 20_000 }).toBe(true);

    const detail = detailSchema.parse(await (await fetch(`${view}/rollouts/${deployment}`)).json());
    const counts = detail.points.map(({ updatedReplicas }) => updatedReplicas);
    expect(counts).toEqual(expect.arrayContaining([...reported]));
    const starts = detail.points.map(({ from }) => from);
    expect(new Set(starts).size).toBe(starts.length);
    expect(starts).toEqual(starts.toSorted());
    expect(detail.gaps.length).toBeGreaterThan(0);

    const screen = new EndpointScreen(page);
    await screen.open(ENDPOINT);
    await screen.showTable();
    await expect(screen.chart).toHaveAccessibleName(/\d gaps? without observations/);
    expect(await screen.gapReasons()).toContainEqual(expect.stringMatching(/was not running/));
  });
});
