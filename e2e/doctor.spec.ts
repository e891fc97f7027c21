import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { foreignEnvironment } from "./support/program";
import { besides, type Settings } from "./support/rollcall";
import { expect, test } from "./support/test";

const answerSchema = z.object({
  isWell: z.boolean(),
  checks: z.array(
    z.object({ name: z.string(), state: z.string(), says: z.string(), remedy: z.nullable(z.string()) }),
  ),
});

/** Runs the doctor as an operator would, with only these settings. */
function doctor(settings: Settings, ...flags: string[]): Promise<{ code: number; stdout: string }> {
  const env = { ...foreignEnvironment(), ROLLCALL_ACCESS: "open", ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/doctor.mjs", ...flags], { env }, (error, stdout) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout }),
    );
  });
}

const ownTest = test.extend<{ database: Settings }>({
  database: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), "rollcall-doctor-"));
    await use({ DATABASE_URL: `file:${join(directory, "rollcall.db")}` });
    await rm(directory, { recursive: true });
  },
});

ownTest("before the start, one line says how each check went", async ({ simulator, database }) => {
  const { code, stdout } = await doctor({ ...besides(simulator), ...database });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^OK +Management key +Cerebras accepts the key\.$/m);
  expect(stdout).toMatch(/^OK +Organization +acme has/m);
  expect(stdout).toMatch(/^OK +Database .* is writable\.$/m);
  expect(stdout).not.toContain(simulator.key);
});

ownTest("a failing check comes with its remedy and a failing exit", async ({ simulator, database }) => {
  const settings = { ...besides(simulator), ...database, CEREBRAS_MANAGEMENT_API_KEY: "not-the-key" };
  const { code, stdout } = await doctor(settings, "--json");
  expect(code).toBe(1);
  const { isWell, checks } = answerSchema.parse(JSON.parse(stdout));
  expect(isWell).toBe(false);
  const failing = checks.filter(({ state }) => state === "failing");
  expect(failing.map(({ name }) => name)).toEqual(["Management key"]);
  expect(failing[0]?.remedy).toContain("Management API keys on cloud.cerebras.ai");
  expect(stdout).not.toContain("not-the-key");
});

ownTest("without settings it says what is missing", async () => {
  const { code, stdout } = await doctor({});
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAIL +Configuration .*CEREBRAS_MANAGEMENT_API_KEY is not set/m);
});

test.describe("the page", () => {
  test("says that everything works, and what to do once the key is refused", async ({ page, simulator }) => {
    await expect(async () => {
      await page.goto("/doctor");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("All 11 checks pass.", {
        timeout: 500,
      });
    }).toPass();
    await expect(page.getByText(/^Rollcall \d+\.\d+\.\d+, build [0-9a-f]{16}$/)).toBeVisible();
    await simulator.acceptKeys("another-key");
    await expect(async () => {
      await page.getByRole("link", { name: "Check again" }).click();
      const line = page
        .getByRole("listitem")
        .filter({ has: page.getByRole("heading", { name: "Management key" }) });
      await expect(line).toContainText("Cerebras rejects the management key (401).", { timeout: 500 });
      await expect(line).toContainText("set CEREBRAS_MANAGEMENT_API_KEY");
    }).toPass();
  });
});
