import { mkdtempSync, writeFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const FILE = join(mkdtempSync(join(tmpdir(), "rollcall-fields-")), "rollcall.yaml");
const ENDPOINT = "acme-qwen-3-32b";
const ORGANIZATIONS = "organizations:\n  - { name: acme, key: simulator-management-key }\n";
writeFileSync(FILE, ORGANIZATIONS);

test.use({
  scenario: "steady",
  settings: async ({ simulator }, use) => {
    // Before the server starts: after a rejected key it waits.
    await simulator.acceptKeys("simulator-management-key");
    await use({ CEREBRAS_MANAGEMENT_API_KEY: undefined, CEREBRAS_ORG: undefined, ROLLCALL_CONFIG: FILE });
  },
});

test("counts under unknown names are offered as a setting, and read once it is written", async ({
  page,
  simulator,
  rollcall,
}) => {
  const created = Math.floor(Date.now() / 1_000) - 60;
  await simulator.putEndpoint(ENDPOINT, {
    org: "acme",
    arch: "qwen-3-32b",
    deployments: [
      {
        id: "00000000-0000-4000-8000-000000000008",
        model: "orgs/acme/models/qwen-3-32b/versions/8",
        created,
        rollout_status: "in_progress",
        rollout: { updated: 7, total: 12 },
        max_unavailable: 2,
        shards: 4,
      },
    ],
  });
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await expect(screen.says(/v8 is rolling out.*The API reports no replica counts\./)).toBeVisible();
  await screen.main.getByRole("button", { name: "Show the reply" }).click();
  const sources = screen.main.getByLabel("Where each field comes from");
  await expect(sources).toContainText(/Updated replicas\s*not reported/);
  await expect(sources).toContainText(/Max unavailable\s*max_unavailable/);
  await expect(screen.says(/Fields that Rollcall doesn’t use/)).toContainText(
    "deployed_models[].rollout.total, deployed_models[].rollout.updated, deployed_models[].shards",
  );
  const offered = await screen.main.getByLabel("Setting: in the settings file").textContent();
  expect(offered).toBe("fields:\n  updatedReplicas: [rollout.updated]\n  totalReplicas: [rollout.total]");
  await expect(screen.main.getByLabel("Setting: or in the environment")).toContainText(
    "ROLLCALL_FIELDS=updatedReplicas=rollout.updated,totalReplicas=rollout.total",
  );
  expect(rollcall.output.match(/unread field looks like a count/g)).toHaveLength(3);

  const write = async (text: string) => {
    await writeFile(`${FILE}.new`, text);
    await rename(`${FILE}.new`, FILE);
  };
  await write(`${ORGANIZATIONS}fields: { updatedReplicas: [total_replicas] }\n`);
  await expect
    .poll(() => rollcall.output)
    .toContain("rollcall.yaml: fields.updatedReplicas[0] is “total_replicas”, which Rollcall reads as");

  await write(`${ORGANIZATIONS}${offered ?? ""}\n`);
  await expect(screen.says(/v8 is rolling out: 7 of 12 replicas updated/)).toBeVisible({ timeout: 15_000 });
  await expect(screen.rollCall).toHaveAccessibleName("7 of 12 replicas updated");
  await expect(sources).toContainText(/Updated replicas\s*rollout\.updated/);
  await expect(screen.main.getByLabel("Setting: in the settings file")).toHaveCount(0);
});
