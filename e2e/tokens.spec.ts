import { violationsInEveryTheme } from "./support/accessibility";
import { rollcallCommand } from "./support/command";
import { PASSWORD, SIGN_IN, enter, firstPassword } from "./support/people";
import type { Rollcall } from "./support/rollcall";
import { expect, test } from "./support/test";

test.use({ settings: SIGN_IN });

/** What the API answers to a bearer. */
async function ask(rollcall: Rollcall, token: string): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${rollcall.url}/api/v1/endpoints`, { headers });
  return { status: response.status, text: await response.text() };
}

test("a token is made on its page, read with, and revoked", async ({ page, rollcall }) => {
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const [name, value] = cookie.split("=");
  await page.context().addCookies([{ name: name ?? "", value: value ?? "", url: rollcall.url }]);
  await page.goto("/");
  await page.getByRole("navigation").getByRole("link", { name: "Tokens" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No program has a token.");
  await page.getByLabel(/^Name/).fill("deploy-pipeline");
  await page.getByRole("button", { name: "Create token" }).click();
  const token = (await page.getByText(/^rollcall_/).textContent()) ?? "";
  const row = page.getByRole("row").filter({ hasText: "deploy-pipeline" });
  await expect(row).toContainText("never");
  expect(await violationsInEveryTheme(page)).toEqual([]);

  await expect.poll(async () => (await ask(rollcall, token)).text).toContain("acme-qwen-3-32b");
  await page.reload();
  await expect(row).not.toContainText("never");
  await expect(page.getByText(token)).toHaveCount(0);

  await page.getByRole("button", { name: "Revoke deploy-pipeline" }).click();
  await page.getByRole("button", { name: "Revoke deploy-pipeline", exact: true }).last().click();
  await expect(row).toHaveCount(0);
  const rejected = await ask(rollcall, token);
  expect(rejected.status).toBe(401);
  expect(rejected.text).toContain("revoked");
  await page.goto("/audit");
  for (const deed of [
    /made a service token: deploy-pipeline, read/,
    /revoked a service token: deploy-pipeline/,
  ])
    await expect(page.getByRole("row").filter({ hasText: deed })).toBeVisible();
  expect(rollcall.output).not.toContain(token);
});

test("a token is made without scripts", async ({ browser, rollcall }) => {
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const [name, value] = cookie.split("=");
  const bare = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
  await bare.addCookies([{ name: name ?? "", value: value ?? "", url: rollcall.url }]);
  const page = await bare.newPage();
  await page.goto("/tokens");
  await page.getByLabel(/^Name/).fill("ci");
  await page.getByRole("button", { name: "Create token" }).click();
  const outcome = (await page.getByRole("status").first().textContent()) ?? "";
  expect((await ask(rollcall, /rollcall_\S+/.exec(outcome)?.[0] ?? "")).status).toBe(200);
  await bare.close();
});

test("a token is made and revoked by the command line while the server runs", async ({ rollcall }) => {
  const run = (...words: string[]) => rollcallCommand(rollcall.databaseUrl, ["token", ...words]);
  const added = await run("add", "ci", "--scope", "read", "--orgs", "acme");
  expect(added.code, added.stderr).toBe(0);
  const token = /^ {4}(rollcall_\S+)$/m.exec(added.stdout)?.[1] ?? "";
  expect((await ask(rollcall, token)).status).toBe(200);
  expect((await run("list")).stdout).toMatch(/^ci {2}read of acme; /m);
  expect((await run("revoke", "ci")).code).toBe(0);
  await expect.poll(async () => (await ask(rollcall, token)).status).toBe(401);
  const unknown = await run("revoke", "ci");
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining("no token is named ci")]);
});
