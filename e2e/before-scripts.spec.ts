import type { Locator, Page } from "@playwright/test";

import { fleetRows } from "./support/fleet";
import { PASSWORD, SIGN_IN, firstPassword, makeAccount, showCode } from "./support/people";
import { expect, test } from "./support/shared-test";

test.use({ settings: SIGN_IN, scenario: "every-status" });
test.describe.configure({ mode: "serial" });

const NEXT_PASSWORD = "another long password";

/** Holds back the scripts of every page until the test releases them. */
class Scripts {
  #held: (() => void)[] = [];
  #isHolding = true;

  private constructor(private readonly page: Page) {}

  static async hold(page: Page): Promise<Scripts> {
    const scripts = new Scripts(page);
    await page.addInitScript(() => {
      window.addEventListener("rollcall:hydrated", () => (document.documentElement.dataset["taken"] = "yes"));
    });
    await page.route("**/_next/static/**/*.js", async (route) => {
      if (scripts.#isHolding) await new Promise<void>((go) => scripts.#held.push(go));
      await route.continue().catch(() => undefined);
    });
    return scripts;
  }

  /** Opens a page, or reloads the current one, without its scripts. */
  async open(path: string): Promise<void> {
    this.#isHolding = true;
    await this.page.goto(path, { waitUntil: "commit" });
  }

  /** Releases the scripts, and resolves once React has hydrated the page. */
  async arrive(): Promise<void> {
    this.#isHolding = false;
    for (const go of this.#held.splice(0)) go();
    await this.page.waitForFunction(() => document.documentElement.dataset["taken"] === "yes");
  }
}

test.beforeAll(async ({ rollcall }) => {
  await makeAccount(rollcall, "ada", "viewer");
  expect(firstPassword(rollcall)).not.toBe("");
});

/** The status message of a form, and not the framework's live region. */
function says(page: Page, role: "alert" | "status"): Locator {
  return page.getByRole("main").getByRole(role).filter({ hasText: /./ });
}

async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel("Account").fill(account);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("forms work when they are sent before the scripts arrive", async ({ page, rollcall }) => {
  test.setTimeout(120_000);
  const scripts = await Scripts.hold(page);
  await scripts.open("/account");
  await signIn(page, "ada", "a wrong one");
  await expect(says(page, "alert")).toHaveText("The account or the password is wrong.");
  await signIn(page, "admin", firstPassword(rollcall));
  await expect(page).toHaveURL(/choose=yes$/);
  await page.getByLabel("Account").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(firstPassword(rollcall));
  await page.getByLabel("New password").fill("admin-admin-admin");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(says(page, "alert")).toHaveText(/does not contain the account’s name/);
  await page.getByLabel("Account").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(firstPassword(rollcall));
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page).toHaveURL(`${rollcall.url}/account`);

  const { code } = await showCode(rollcall);
  await scripts.open("/pair");
  await page.getByLabel("Code on the screen").fill("BBBB-BBBB");
  await page.getByLabel(/^Name/).fill("Kitchen");
  await page.getByRole("button", { name: "Approve screen" }).click();
  await expect(says(page, "alert")).toContainText("No screen shows this code");
  await page.getByLabel("Code on the screen").fill(code);
  await page.getByLabel(/^Name/).fill("Kitchen");
  await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
  await page.getByRole("button", { name: "Approve screen" }).click();
  await expect(page).toHaveURL(`${rollcall.url}/screens`);
  await expect(says(page, "status")).toHaveText("Kitchen is paired.");
  await expect(page.getByText("Shows all endpoints, dark.")).toBeVisible();

  await scripts.open("/");
  await page.getByRole("banner").getByRole("button", { name: "admin" }).click();
  await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${rollcall.url}/sign-in`);
});

test("text typed half before and half after the scripts arrive is kept and sent", async ({
  page,
  rollcall,
}) => {
  test.setTimeout(120_000);
  const scripts = await Scripts.hold(page);
  await scripts.open("/account");
  await page.getByLabel("Account").fill("ada");
  await scripts.arrive();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${rollcall.url}/account`);

  await scripts.open("/account");
  await page.getByLabel("Current password").fill(PASSWORD);
  await scripts.arrive();
  await page.getByLabel(/^New password/).fill(NEXT_PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText(/changed.*other sessions were ended/)).toBeVisible();
  // And back, still without scripts.
  await scripts.open(new URL(page.url()).pathname);
  await page.getByLabel("Current password").fill(NEXT_PASSWORD);
  await page.getByLabel(/^New password/).fill(PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText(/changed.*other sessions were ended/)).toBeVisible();
});

test("clicks, choices and searches from before the scripts arrive take effect when they do", async ({
  page,
  rollcall,
}) => {
  test.setTimeout(120_000);
  const scripts = await Scripts.hold(page);
  await scripts.open("/");
  await signIn(page, "ada", PASSWORD);
  await expect(page).toHaveURL(`${rollcall.url}/`);
  const search = page.getByRole("searchbox", { name: "Search" });
  await page.getByText("View", { exact: true }).click();
  await page.getByLabel("Density").selectOption("dense");
  await page.getByRole("banner").getByRole("button", { name: "ada" }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  await search.pressSequentially("ac");
  await scripts.arrive();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page).toHaveURL(/\?search=ac&density=dense$/);
  await expect(search).toBeFocused();
  await expect(page.getByLabel("Density")).toHaveValue("dense");
  await page.keyboard.type("me");
  await expect(page).toHaveURL(/\?search=acme&density=dense$/);
  await expect(search).toHaveValue("acme");

  await scripts.open(new URL(page.url()).pathname);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await search.fill("acme-");
  await search.press("Enter");
  await expect(page).toHaveURL(/\?search=acme-&/);

  const endpoint = fleetRows(page).first().getByRole("link");
  await endpoint.click();
  await page.getByRole("button", { name: "Share" }).click();
  await scripts.arrive();
  await expect(page.getByLabel(/^Label/)).toBeVisible({ timeout: 30_000 });
});
