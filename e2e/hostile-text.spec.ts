import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/shared-test";

const MARKUP = '<script>window.__owned = true</script><img src=x onerror="window.__owned = true">';
/** Characters that change how text is shown instead of showing themselves. */
const ACTING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200d\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/;

test.use({ scenario: "hostile-text" });
test.describe.configure({ mode: "default" });

test("hostile text is shown, not run", async ({ page }) => {
  const screen = new EndpointScreen(page);
  await screen.open("acme-qwen-3-32b");
  await expect(screen.main).toContainText(
    "in a state that Rollcall does not know, <script>window.__owned = true</script>",
  );
  await expect(screen.main).toContainText(MARKUP);

  const deployments = screen.section("Rollouts");
  await expect(deployments).toContainText(
    "nul[\\u0000] bell[\\u0007] backspace[\\u0008] escape[\\u001B] delete[\\u007F] c1[\\u0085]",
  );
  await expect(deployments).toContainText("\\u001B[2J\\u001B[31mred");
  await expect(deployments).toContainText("\\u202Egnp.exe\\u202C");
  await expect(deployments).toContainText("\\u200Bzero\\u200Dwidth\\uFEFF \\u2028line\\u2029paragraph");

  expect(await page.evaluate(() => "__owned" in window)).toBe(false);
  expect(await page.locator("main img:not([role]), main script").count()).toBe(0);
  expect(await page.locator("main").evaluate((main) => main.textContent)).not.toMatch(ACTING);
  expect(await page.title()).not.toMatch(ACTING);
});

test("a hostile error message is complete and copied as shown", async ({ page, context, simulator }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const message = `${MARKUP}\n\u001b[31mred\u001b[0m \u202egnp.exe\u202c nul[\u0000]`;
  await simulator.putEndpoint("acme-hostile", {
    org: "acme",
    arch: "qwen-3-32b",
    deployments: [{ id: "d1", rollout_status: "error", error_message: message, created: 1_790_000_000 }],
  });
  const screen = new EndpointScreen(page);
  await screen.open("acme-hostile");
  const section = screen.section("Error message");
  await expect(section).toContainText(MARKUP);
  await expect(section).toContainText("\\u001B[31mred\\u001B[0m \\u202Egnp.exe\\u202C nul[\\u0000]");

  await section.getByRole("button", { name: "Copy the error message" }).click();
  await expect(section.getByRole("button", { name: "Copied the error message" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `${MARKUP}\n\\u001B[31mred\\u001B[0m \\u202Egnp.exe\\u202C nul[\\u0000]`,
  );
  expect(await page.evaluate(() => "__owned" in window)).toBe(false);
});

test("the first HTML contains no control character and no foreign markup", async ({ page, rollcall }) => {
  await new EndpointScreen(page).open("acme-qwen-3-32b");
  const html = await (await fetch(`${rollcall.url}/endpoints/acme-qwen-3-32b`)).text();
  expect(html).toContain("&lt;script&gt;window.__owned = true");
  expect(html).not.toContain("<script>window.__owned");
  expect(html).not.toContain("<img src=x");
});

test("a forged log line stays inside one line", async ({ page, rollcall }) => {
  await new EndpointScreen(page).open("acme-qwen-3-32b");
  const lines = rollcall.output.split("\n").filter((line) => line !== "");
  expect(lines.filter((line) => /^\{"level":"error","msg":"forged"\}/.test(line))).toEqual([]);
});
