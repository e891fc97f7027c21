import type { Simulator } from "./support/simulator";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const FAILED = "00000000-0000-4000-8000-000000000008";

test.use({ scenario: "nothing-deployed" });

/** Version 8, deployed as `production`, failed on top of version 7. */
async function fail(simulator: Simulator): Promise<void> {
  const created = Math.floor(Date.now() / 1_000);
  const model = (version: number) => `orgs/acme/models/qwen-3-32b/versions/${version}`;
  const done = { rollout_status: "done", updated_replicas: 12, total_replicas: 12 };
  await simulator.putEndpoint(ENDPOINT, {
    org: "acme",
    arch: "qwen-3-32b",
    deployments: [
      {
        ...{ id: FAILED, model: model(8), version_alias: "production", created: created - 300 },
        ...{
          rollout_status: "error",
          error_message: "Image pull failed",
          updated_replicas: 5,
          total_replicas: 12,
        },
      },
      { ...{ id: "d7", model: model(7), version_alias: "v7-stable", created: created - 9_000 }, ...done },
    ],
  });
}

test("a failed rollout says where its alias points now, and offers the command to go back", async ({
  page,
  context,
  simulator,
  rollcall,
}) => {
  await simulator.putVersions("acme", "qwen-3-32b", { aliases: { production: 9 } });
  await fail(simulator);
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  const section = screen.section("Versions");
  await expect(section).toContainText(
    "production meant version 8 when this was deployed. It means version 9 now.",
    { timeout: 15_000 },
  );
  await expect(section).toContainText("Version 7, the last good one, is still there and synced.");
  await expect(section).toContainText("Rollcall only reads.");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await section.getByRole("button", { name: /Copy the command that deploys version 7/ }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`/management/v1/endpoints/${ENDPOINT}:deployModel`);
  expect(copied).toContain('{"model": "orgs/acme/models/qwen-3-32b/versions/7"}');
  expect(copied).toContain("Bearer $CEREBRAS_MANAGEMENT_API_KEY");
  expect(copied).not.toContain(simulator.key);

  await page.goto(`/endpoints/${ENDPOINT}/rollouts/${FAILED}`);
  await expect(section).toContainText("Version 7, the last good one, is still there and synced.");

  const reads = () => simulator.countRequests("/management/v1/orgs/acme/models/");
  const { total } = await reads();
  // A version that is gone is seen by the next instance, which reads all of them at its start.
  await simulator.putVersions("acme", "qwen-3-32b", { gone: [7] });
  await page.goto("about:blank");
  await rollcall.restart();
  await screen.open(ENDPOINT);
  await expect(section).toContainText("Version 7, the last good one, is no longer there", {
    timeout: 15_000,
  });
  await expect(section.getByRole("button")).toHaveCount(0);
  // The list, and the version that it lacks: a few requests, not one per poll.
  expect(total).toBeLessThanOrEqual(3);
  expect((await reads()).total - total).toBeLessThanOrEqual(3);
});

test("where the API offers no versions, only the diagnostics say so", async ({
  page,
  simulator,
  rollcall,
}) => {
  await simulator.fault({ kind: "status", status: 403, path: "/management/v1/orgs/acme/models" });
  await fail(simulator);
  await expect
    .poll(async () => (await fetch(`${rollcall.url}/doctor`)).text(), { timeout: 15_000 })
    .toContain("Not for qwen-3-32b");
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await expect(screen.says(/v8 failed/)).toBeVisible();
  await expect(screen.section("Versions")).toHaveCount(0);
});
