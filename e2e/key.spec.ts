import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EndpointScreen } from "./support/screen";
import { expect, test as base } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

const test = base.extend<{ keyFile: string }>({
  keyFile: async ({ simulator }, use) => {
    const directory = await mkdtemp(join(tmpdir(), "rollcall-key-"));
    const file = join(directory, "key");
    await writeFile(file, `${simulator.key}\n`);
    await use(file);
    await rm(directory, { recursive: true });
  },
  settings: async ({ keyFile }, use) => {
    await use({ CEREBRAS_MANAGEMENT_API_KEY: undefined, CEREBRAS_MANAGEMENT_API_KEY_FILE: keyFile });
  },
});

test("a rejected key is reported at once, and a rotated one works without a restart", async ({
  page,
  simulator,
  keyFile,
}) => {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await expect(screen.says(/v8 is done/)).toBeVisible();

  const next = "key-after-the-rotation-4f1c";
  await simulator.acceptKeys(next);
  await expect(screen.main).toHaveAttribute("data-freshness", "blind");
  await expect(screen.says(/^Blind since .*rejects the management key \(401\)/)).toBeVisible();
  await expect(screen.says(/When last seen at .*v8 was done/)).toBeVisible();
  // Rollcall never passes on the upstream's 401.
  expect((await page.request.get(`/api/v1/endpoints/${ENDPOINT}`)).status()).toBe(200);
  expect((await page.request.get("/livez")).status()).toBe(200);

  await writeFile(keyFile, `${next}\n`);
  // The server recovers at once; a waiting page polls within 15 s.
  await expect(screen.main).toHaveAttribute("data-freshness", "live", { timeout: 20_000 });
  await expect(screen.says(/^v8 is done/)).toBeVisible();
});

test("a key that lacks access is distinguished from a rejected one", async ({ page, simulator }) => {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await simulator.fault({ kind: "status", status: 403 });
  await expect(screen.says(/^Blind since .*lacks access \(403\)/)).toBeVisible();
});
