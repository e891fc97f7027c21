import type { Page } from "@playwright/test";
import { z } from "zod";

import { recordPast } from "../support/record-past";
import type { Rollcall, Settings } from "../support/rollcall";
import { EndpointScreen } from "../support/screen";
import type { Simulator } from "../support/simulator";
import { expect, test } from "../support/test";
import { takeShots } from "./take-shots";

const idle = "acme-qwen-3-235b";
const solo = "/endpoints/acme-qwen-3-32b";

type Scene = {
  name: string;
  scenario: string;
  speed?: number;
  path?: string;
  settings?: (simulator: Simulator) => Settings;
  isWall?: boolean;
  /** Sets up what the scenario alone does not, before the first picture. */
  prepare?: (simulator: Simulator, rollcall: Rollcall) => Promise<void>;
  /** Text that must be on the page before its picture is taken. */
  text: string | RegExp;
  /** What a user does before the picture. */
  visit?: (page: Page, simulator: Simulator) => Promise<void>;
};

const press = (name: string) => async (page: Page) => {
  await page.getByRole("button", { name }).click();
};

/** A rollout like the past ones of its endpoint, or one that began long ago. */
const deployAsUsual = (startedAgo: number) => async (simulator: Simulator, rollcall: Rollcall) => {
  await recordPast(rollcall, simulator);
  const { deploymentId } = await simulator.deploy(idle, { version: 19, replicas: 10, msPerReplica: 3_000 });
  const created = Math.round((Date.now() - startedAgo) / 1_000);
  await simulator.patchDeployment(idle, deploymentId, { created });
  await untilView(
    rollcall,
    `/endpoints/${idle}`,
    ({ rollouts: [newest] }) => newest?.status === "in_progress" && (newest.updatedReplicas ?? 0) >= 4,
  );
};

const withMetrics = (simulator: Simulator): Settings => ({
  CEREBRAS_INFERENCE_API_KEY: "simulator-inference-key",
  CEREBRAS_ORGANIZATION_ID: "org_simulated",
  CEREBRAS_METRICS_URL: simulator.upstream,
});

const withStatusPage = (simulator: Simulator): Settings => ({ ROLLCALL_STATUS_PAGE: simulator.upstream });

const scenes: readonly Scene[] = [
  {
    name: "time-left",
    scenario: "demo",
    path: `/endpoints/${idle}`,
    prepare: deployAsUsual(0),
    text: /left: \d+ of 10/,
  },
  {
    name: "late",
    scenario: "demo",
    path: `/endpoints/${idle}`,
    prepare: deployAsUsual(30 * 60_000),
    text: /over the usual/,
  },
  {
    name: "callers-hurt",
    scenario: "demo",
    path: "/endpoints/acme-llama3.1-8b",
    settings: withMetrics,
    prepare: async (simulator, rollcall) => recordPast(rollcall, simulator, withMetrics(simulator)),
    text: /Failures rose from/,
  },
  { name: "incident", scenario: "incident", settings: withStatusPage, text: /reports an incident/ },
  {
    name: "incident-fleet",
    scenario: "incident",
    path: "/",
    settings: withStatusPage,
    text: /reports an incident/,
  },
  {
    name: "incident-wall",
    scenario: "incident",
    path: "/wall",
    isWall: true,
    settings: withStatusPage,
    text: /reports an incident/,
  },
  { name: "fleet", scenario: "fleet", path: "/", text: "acme-" },
  { name: "fleet-demo", scenario: "demo", path: "/", text: /1 has failed/ },
  { name: "fleet-empty", scenario: "no-endpoints", path: "/", text: "No endpoints to watch yet" },
  { name: "not-found", scenario: "steady", path: "/endpoints/nowhere", text: "an endpoint with this name" },
  { name: "doctor", scenario: "odd-fields", path: "/doctor", text: "Cerebras" },
  { name: "screens", scenario: "steady", path: "/screens", text: "Screens need no pairing" },
  { name: "people", scenario: "steady", path: "/people", text: "No one needs an account" },
  {
    name: "tokens",
    scenario: "steady",
    path: "/tokens",
    text: "A service token lets a program read",
    visit: async (page) => {
      await page.getByLabel(/^Name/).fill(`deploy-pipeline-${Math.trunc(performance.now())}`);
      await page.getByRole("button", { name: "Create token" }).click();
      await expect(page.getByText(/^rollcall_/)).toBeVisible();
    },
  },
  { name: "audit", scenario: "steady", path: "/audit", text: "Entries are never changed" },
  {
    name: "guest-links",
    scenario: "steady",
    text: "Create link",
    visit: async (page) => {
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByLabel(/^Label/).fill("On call");
      await page.getByRole("button", { name: "Create link" }).click();
      await expect(page.getByRole("region", { name: "Active guest links" }).first()).toBeVisible();
    },
  },
  { name: "closed-link", scenario: "steady", path: "/share/nothing", text: "This link is invalid" },
  {
    name: "field-names",
    scenario: "nothing-deployed",
    prepare: async (simulator) => {
      const counts = {
        rollout: { updated: 7, total: 12 },
        max_unavailable: 2,
        unavailable_max: 3,
        shards: 4,
      };
      const model = "orgs/acme/models/qwen-3-32b/versions/8";
      const deployments = [{ id: "d1", model, rollout_status: "in_progress", error: null, ...counts }];
      await simulator.putEndpoint("acme-qwen-3-32b", { org: "acme", arch: "qwen-3-32b", deployments });
    },
    text: "reports no replica counts",
    visit: async (page) => {
      await press("Show the reply")(page);
      await page.getByLabel("Setting: in the settings file").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "versions",
    scenario: "failed",
    prepare: async (simulator) => {
      await simulator.putVersions("acme", "qwen-3-32b", { aliases: { "v8-canary": 9 } });
    },
    text: "the last good one",
  },
  { name: "not-started", scenario: "not-started", text: "is waiting to start" },
  { name: "rolling", scenario: "smooth", speed: 2.5, prepare: updated(7), text: "is rolling out" },
  { name: "done", scenario: "smooth", speed: 2.5, prepare: status("done"), text: "v8 is done" },
  { name: "steady", scenario: "steady", text: "v8 is done" },
  {
    name: "incomplete",
    scenario: "nothing-deployed",
    prepare: async (simulator, rollcall) => {
      const counts = { state: "done", updated_replicas: 13, total_replicas: 14 };
      const deployments = [{ id: "d1", model: "orgs/acme/models/qwen-3-32b/versions/8", ...counts }];
      await simulator.putEndpoint("acme-qwen-3-32b", { org: "acme", arch: "qwen-3-32b", deployments });
      await updated(13)(simulator, rollcall);
    },
    text: "13 of 14",
  },
  { name: "failed", scenario: "failed", text: "v8 failed" },
  { name: "failing", scenario: "failing", speed: 2, prepare: status("error"), text: "v8 failed" },
  {
    name: "rolling-back",
    scenario: "rolling-back",
    speed: 3,
    prepare: status("rolling_back"),
    text: "rolling back",
  },
  { name: "rolled-back", scenario: "rolled-back", text: "was rolled back" },
  { name: "cancelled", scenario: "cancelled", text: "was cancelled" },
  { name: "unknown-status", scenario: "unknown-status", text: "does not know" },
  { name: "missing-counts", scenario: "missing-counts", text: "reports no replica counts" },
  { name: "seven-of-five", scenario: "seven-of-five", text: "7 of 5" },
  {
    name: "regressing",
    scenario: "regressing",
    speed: 4,
    prepare: condition("regressing"),
    text: "backwards",
  },
  { name: "overlapping", scenario: "overlapping", speed: 8, prepare: updated(4), text: "Older" },
  { name: "nothing-deployed", scenario: "nothing-deployed", text: "Nothing is deployed" },
  { name: "hostile-text", scenario: "hostile-text", text: /v\d/ },
  { name: "odd-fields", scenario: "odd-fields", path: "/endpoints/acme-odd-endpoint", text: /./ },
  // Rollcall itself would need five minutes to detect the stall.
  {
    name: "stuck",
    scenario: "stuck",
    prepare: (simulator, rollcall) => recordPast(rollcall, simulator),
    text: /stuck/,
  },
  {
    name: "many-replicas",
    scenario: "nothing-deployed",
    prepare: async (simulator, rollcall) => {
      await simulator.deploy("acme-qwen-3-32b", {
        version: 9,
        replicas: 300,
        maxUnavailable: 30,
        msPerReplica: 60,
      });
      await updated(120)(simulator, rollcall);
    },
    text: "of 300 replicas updated",
  },
  {
    name: "table",
    scenario: "smooth",
    speed: 2.5,
    prepare: updated(7),
    text: "is rolling out",
    visit: press("Show as table"),
  },
  { name: "raw-reply", scenario: "failed", text: "v8 failed", visit: press("Show the reply") },
  {
    name: "gap",
    scenario: "smooth",
    speed: 1.5,
    prepare: async (simulator, rollcall) => {
      await updated(3)(simulator, rollcall);
      await simulator.fault({ kind: "status", status: 503 });
      await freshness("blind")(simulator, rollcall);
      await new Promise((wake) => setTimeout(wake, 5_000));
      await simulator.clearFaults();
      await freshness("live")(simulator, rollcall);
    },
    text: "is rolling out",
  },
  {
    name: "blind",
    scenario: "smooth",
    speed: 3,
    prepare: async (simulator, rollcall) => {
      await updated(7)(simulator, rollcall);
      await simulator.fault({ kind: "status", status: 503 });
      await freshness("blind")(simulator, rollcall);
    },
    text: "Blind since",
  },
  {
    name: "delayed",
    scenario: "smooth",
    speed: 3,
    prepare: async (simulator, rollcall) => {
      await updated(5)(simulator, rollcall);
      await simulator.fault({ kind: "hang" });
      await freshness("delayed")(simulator, rollcall);
    },
    text: /Delayed|Blind/,
  },
  {
    name: "key-rejected",
    scenario: "failed",
    prepare: async (simulator, rollcall) => {
      await status("error")(simulator, rollcall);
      await simulator.acceptKeys("another-key");
      await freshness("blind")(simulator, rollcall);
    },
    text: "Blind since",
  },
  {
    name: "cut-off",
    scenario: "smooth",
    speed: 3,
    prepare: updated(6),
    text: "has not answered",
    visit: async (page) => {
      await page.route("**/api/**", (route) => route.abort());
    },
  },
];

for (const scene of scenes) {
  test.describe(scene.name, () => {
    test.use({
      scenario: scene.scenario,
      speed: scene.speed ?? 1,
      settings: async ({ simulator }, use) => {
        const listed = scene.path === "/" ? { ROLLCALL_ENDPOINTS: "" } : {};
        await use({ ...listed, ...scene.settings?.(simulator) });
      },
    });
    test(scene.name, async ({ browser, simulator, rollcall }) => {
      await watched(rollcall, scene.path ?? solo);
      await scene.prepare?.(simulator, rollcall);
      await simulator.clock({ paused: true });
      await takeShots(
        browser,
        `${rollcall.url}${scene.path ?? solo}`,
        scene.name,
        async (page) => {
          await expect(page.locator("main")).toBeVisible();
          await scene.visit?.(page, simulator);
          await expect(page.locator("main")).toContainText(scene.text, { timeout: 30_000 });
          // The chart's scripts load when the page is idle. The picture is the same, but should show the final chart.
          const { chart, liveCurves } = new EndpointScreen(page);
          if ((await chart.count()) > 0) await expect(liveCurves.first()).toBeVisible();
        },
        { isWall: scene.isWall ?? false },
      );
    });
  });
}

const viewSchema = z.object({
  freshness: z.object({ state: z.string(), observedAt: z.nullable(z.string()) }),
  rollouts: z.array(
    z.object({
      status: z.string(),
      updatedReplicas: z.nullable(z.number()),
      conditions: z.array(z.object({ code: z.string() })),
    }),
  ),
});

type View = z.infer<typeof viewSchema>;

/** Waits until Rollcall knows the endpoint, unless it never will. */
async function watched(rollcall: Rollcall, path: string): Promise<void> {
  if (!path.startsWith("/endpoints/") || path.endsWith("/nowhere")) {
    await new Promise((wake) => setTimeout(wake, 3_000));
    return;
  }
  await untilView(rollcall, path, ({ freshness }) => freshness.observedAt !== null);
}

function updated(count: number) {
  return (_: Simulator, rollcall: Rollcall) =>
    untilView(rollcall, solo, ({ rollouts }) => (rollouts[0]?.updatedReplicas ?? 0) >= count);
}

function status(word: string) {
  return (_: Simulator, rollcall: Rollcall) =>
    untilView(rollcall, solo, ({ rollouts }) => rollouts[0]?.status === word);
}

function condition(code: string) {
  return (_: Simulator, rollcall: Rollcall) =>
    untilView(
      rollcall,
      solo,
      ({ rollouts }) => rollouts[0]?.conditions.some((one) => one.code === code) === true,
    );
}

function freshness(state: string) {
  return (_: Simulator, rollcall: Rollcall) =>
    untilView(rollcall, solo, (view) => view.freshness.state === state);
}

async function untilView(rollcall: Rollcall, path: string, holds: (view: View) => boolean): Promise<void> {
  await expect(async () => {
    const response = await fetch(`${rollcall.url}/api/v1${path}`);
    expect(holds(viewSchema.parse(await response.json()))).toBe(true);
  }).toPass({ timeout: 90_000, intervals: [200] });
}
