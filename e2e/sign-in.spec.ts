import type { Page } from "@playwright/test";
import { violationsInEveryTheme } from "./support/accessibility";
import {
  PASSWORD,
  SIGN_IN,
  change,
  enter,
  firstPassword,
  makeAccount,
  resetPassword,
  signIn,
} from "./support/people";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

test.use({ settings: SIGN_IN });

async function fill(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel("Account").fill(account);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("the first password works once and leads to the requested page", async ({
  page,
  rollcall,
  complaints,
}) => {
  complaints.expect(/status of 40[03]/);
  await page.goto(`/endpoints/${ENDPOINT}?from=chat#events`);
  await expect(page).toHaveURL(/\/sign-in\?to=.*#events$/);
  expect(await violationsInEveryTheme(page)).toEqual([]);
  await fill(page, "admin", "a wrong one");
  await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toHaveText(
    "The account or the password is wrong.",
  );
  await page.getByLabel("Password", { exact: true }).fill(firstPassword(rollcall));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("New password").fill("admin-admin-admin");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByText(/does not contain the account’s name/)).toBeVisible();
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page).toHaveURL(`${rollcall.url}/endpoints/${ENDPOINT}?from=chat#events`);
  await expect(new EndpointScreen(page).says(/v8 is done/)).toBeVisible();
  expect((await signIn(rollcall, "admin", firstPassword(rollcall))).status).toBe(403);
  const bytes = [...(await rollcall.databaseFiles()).values()]
    .map((file) => file.toString("latin1"))
    .join("");
  expect(bytes).toContain("$argon2id$");
  expect(bytes).not.toContain(PASSWORD);
});

test("the first password is printed once", async ({ rollcall }) => {
  const password = firstPassword(rollcall);
  expect(password).not.toBe("");
  await rollcall.restart();
  expect(rollcall.output.split(password).length - 1).toBe(1);
  expect(firstPassword({ stderr: rollcall.stderr })).toBe("");
});

test("ending a session clears its open page, which leads back to where it was", async ({
  page,
  rollcall,
  complaints,
}) => {
  complaints.expect(/status of 401/);
  await makeAccount(rollcall, "ada", "viewer");
  await page.goto(`/endpoints/${ENDPOINT}`);
  await fill(page, "ada", PASSWORD);
  const screen = new EndpointScreen(page);
  await expect(screen.says(/v8 is done/)).toBeVisible();

  const cookie = await enter(rollcall, "ada");
  expect((await change(rollcall, "DELETE", "/api/v1/sessions", { headers: { cookie } })).status).toBe(200);
  expect((await page.request.get("/api/v1/endpoints")).status()).toBe(401);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/signed out/, {
    timeout: 15_000,
  });
  expect(await violationsInEveryTheme(page)).toEqual([]);
  expect(await page.getByRole("main").textContent()).not.toContain(ENDPOINT);
  await page.evaluate(() => (location.hash = "#here"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await fill(page, "ada", PASSWORD);
  await expect(page).toHaveURL(`${rollcall.url}/endpoints/${ENDPOINT}#here`);
});

test("sessions are listed and ended one at a time", async ({ page, rollcall }) => {
  await makeAccount(rollcall, "ada", "viewer");
  await makeAccount(rollcall, "grace", "administrator");
  await page.goto("/account");
  await fill(page, "grace", PASSWORD);
  const table = page.getByRole("region", { name: "Sessions" });
  await expect(table.getByRole("row", { name: /ada/ })).toHaveCount(1);
  expect(await violationsInEveryTheme(page)).toEqual([]);
  await table.getByRole("button", { name: "End the session of ada" }).click();
  await expect(table.getByRole("row", { name: /ada/ })).toHaveCount(0);
  await page.goto("/audit");
  await expect(page.getByRole("region", { name: "Audit log" })).toContainText(
    /grace.*ended sessions: one of ada/,
  );
  expect(await violationsInEveryTheme(page)).toEqual([]);
});

test("a password is changed on the account page, and the other sessions end", async ({ page, rollcall }) => {
  await makeAccount(rollcall, "ada", "viewer");
  const other = await enter(rollcall, "ada");
  await page.goto("/account");
  await fill(page, "ada", PASSWORD);
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel(/^New password/).fill("another long password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText(/changed.*other sessions were ended/)).toBeVisible();
  const asked = await fetch(`${rollcall.url}/api/v1/endpoints`, { headers: { cookie: other } });
  expect(asked.status).toBe(401);
  expect((await page.request.get("/api/v1/endpoints")).status()).toBe(200);
  expect((await signIn(rollcall, "ada", PASSWORD)).status).toBe(403);
});

test("a forgotten password is reset by the command on the server", async ({ rollcall }) => {
  await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const cookie = await enter(rollcall, "admin");
  const password = await resetPassword(rollcall, "admin");
  await expect
    .poll(async () => (await fetch(`${rollcall.url}/api/v1/audit`, { headers: { cookie } })).status)
    .toBe(401);
  expect((await signIn(rollcall, "admin", PASSWORD)).status).toBe(403);
  const renewed = await enter(rollcall, "admin", password, "a third long password");
  expect((await fetch(`${rollcall.url}/api/v1/audit`, { headers: { cookie: renewed } })).status).toBe(200);
});

test("a session survives a restart", async ({ rollcall }) => {
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  await rollcall.restart();
  const asked = await fetch(`${rollcall.url}/api/v1/sessions`, { headers: { cookie } });
  expect(asked.status).toBe(200);
});

test("another origin cannot sign anyone in or out", async ({ rollcall }) => {
  const password = firstPassword(rollcall);
  const body = JSON.stringify({ account: "admin", password });
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: rollcall.url, "sec-fetch-site": "cross-site" },
    {},
  ]) {
    for (const path of ["/api/v1/sign-in", "/api/v1/sign-out", "/api/v1/pairings"]) {
      const response = await fetch(rollcall.url + path, { method: "POST", body, headers });
      expect(response.status, JSON.stringify(headers)).toBe(403);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  }
});
