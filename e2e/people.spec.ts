import { violationsInEveryTheme } from "./support/accessibility";
import { PASSWORD, SIGN_IN, enter, firstPassword } from "./support/people";
import { expect, test } from "./support/test";

test.use({ settings: SIGN_IN });

test("a colleague is invited with a link, gets another role, and is removed", async ({
  page,
  browser,
  rollcall,
  complaints,
}) => {
  complaints.expect(/status of 40[13]/);
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const [name, value] = cookie.split("=");
  await page.context().addCookies([{ name: name ?? "", value: value ?? "", url: rollcall.url }]);

  await page.goto("/");
  await page.getByRole("navigation").getByRole("link", { name: "People" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1 person has access.");
  await page.getByLabel(/^Name/).fill("Grace");
  await page.getByRole("button", { name: "Create link" }).click();
  const shown = page.getByText(/\/sign-in\?choose=yes&account=grace#/);
  await expect(shown).toBeVisible();
  const link = (await shown.textContent()) ?? "";
  const row = page.getByRole("row").filter({ hasText: "grace" });
  await expect(row).toContainText("invited");
  expect(await violationsInEveryTheme(page)).toEqual([]);

  const theirs = await browser.newContext();
  const colleague = await theirs.newPage();
  await colleague.goto(link);
  await expect(colleague.getByRole("heading", { level: 1 })).toHaveText("Choose a password for grace.");
  expect(new URL(colleague.url()).hash).toBe("");
  expect(await violationsInEveryTheme(colleague)).toEqual([]);
  await colleague.getByLabel(/^Your password/).fill(PASSWORD);
  await colleague.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(colleague.getByRole("table", { name: "Endpoints" })).toBeVisible();
  expect((await colleague.request.get(`${rollcall.url}/api/v1/audit`)).status()).toBe(403);

  const late = await browser.newPage();
  await late.goto(link);
  await late.getByLabel(/^Your password/).fill("another password of theirs");
  await late.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(late.getByRole("alert").filter({ hasText: "is wrong" })).toBeVisible();
  await late.close();

  await page.getByRole("button", { name: "Change grace" }).click();
  await page.getByRole("table").getByLabel("Role").selectOption("administrator");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("administrator");
  expect((await colleague.request.get(`${rollcall.url}/api/v1/audit`)).status()).toBe(200);

  await page.getByRole("button", { name: "Remove grace" }).click();
  await page.getByRole("button", { name: "Remove grace", exact: true }).last().click();
  await expect(row).toHaveCount(0);
  expect((await colleague.request.get(`${rollcall.url}/api/v1/endpoints`)).status()).toBe(401);
  await theirs.close();

  await page.goto("/audit");
  for (const deed of [
    /made a sign-in link: grace/,
    /changed a person’s access: grace/,
    /removed a person: grace/,
  ])
    await expect(page.getByRole("row").filter({ hasText: deed })).toBeVisible();
});

test("people are invited and enter without scripts", async ({ browser, rollcall }) => {
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const [name, value] = cookie.split("=");
  const bare = await browser.newContext({ baseURL: rollcall.url, javaScriptEnabled: false });
  await bare.addCookies([{ name: name ?? "", value: value ?? "", url: rollcall.url }]);
  const page = await bare.newPage();
  await page.goto("/people");
  await page.getByLabel(/^Name/).fill("grace");
  await page.getByRole("button", { name: "Create link" }).click();
  const outcome = (await page.getByRole("status").first().textContent()) ?? "";
  const link = /https?:\S+/.exec(outcome)?.[0] ?? "";
  await bare.clearCookies();
  await page.goto(link);
  await page.getByLabel(/^One-time password/).fill(new URL(link).hash.slice(1));
  await page.getByLabel(/^Your password/).fill("short");
  await page.getByLabel(/^Your password/).evaluate((field) => field.removeAttribute("minlength"));
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByText(/password of 12 characters or more/)).toBeVisible();
  await expect(page.getByLabel("Account")).toHaveValue("grace");
  await page.getByLabel(/^One-time password/).fill(new URL(link).hash.slice(1));
  await page.getByLabel(/^Your password/).fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByRole("table", { name: "Endpoints" })).toBeVisible();
  await bare.close();
});
