import { CodeHost } from "./support/code-host";
import { SIGN_IN } from "./support/people";
import { expect, test as base } from "./support/test";

const test = base.extend<{ host: CodeHost }>({
  host: async ({}, use) => {
    const host = await CodeHost.start();
    await use(host);
    await host.stop();
  },
  settings: async ({ host }, use) => {
    await use({
      ...SIGN_IN,
      ...host.settings,
      ROLLCALL_VIEWERS: "@example.com",
      ROLLCALL_ADMINISTRATORS: "group:acme-platform",
    });
  },
});

test("GitHub's organizations are groups, and its primary address names the person", async ({ page }) => {
  await page.goto("/account#here");
  await page.getByRole("button", { name: "Sign in with GitHub" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^linus@example\.com ·/);
  await expect(page).toHaveURL(/\/account#here$/);
  await expect(page.getByRole("link", { name: "Audit log" })).toBeVisible();
});

test.describe("by address", () => {
  test.use({
    settings: async ({ host }, use) => {
      await use({ ...SIGN_IN, ...host.settings, ROLLCALL_VIEWERS: "@example.com" });
    },
  });

  test("an address that GitHub has not verified gives no access", async ({ page, host }) => {
    host.emails = [{ email: "linus@example.com", primary: true, verified: false }];
    await page.goto("/account");
    await page.getByRole("button", { name: "Sign in with GitHub" }).click();
    await expect(page.getByRole("status")).toContainText("this account doesn’t have access");
  });
});
