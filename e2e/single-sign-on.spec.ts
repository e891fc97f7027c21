import { IdentityProvider, proveToBe } from "./support/identity-provider";
import { SIGN_IN } from "./support/people";
import { EndpointScreen } from "./support/screen";
import { expect, test as base } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

const test = base.extend<{ provider: IdentityProvider }>({
  provider: async ({}, use) => {
    const provider = await IdentityProvider.plan();
    await use(provider);
    await provider.remove();
  },
  settings: async ({ provider }, use) => {
    await use({
      ...SIGN_IN,
      ...provider.settings,
      ROLLCALL_VIEWERS: "@example.com, @partner.example in globex",
      ROLLCALL_ADMINISTRATORS: "group:platform-admins",
      ROLLCALL_SECRET: "session-secret-7d1f0c54b2a99e3c8f60",
    });
  },
});

test.beforeEach(async ({ rollcall, provider, context, complaints }) => {
  provider.start(rollcall.url);
  // The provider's own pages want a font from elsewhere and have no icon.
  await context.route(/^https:/, (route) => route.abort());
  complaints.expect(/fonts\.googleapis|favicon\.ico/);
});

test("the whole address survives a sign-in, and signing out ends it", async ({ page, rollcall }) => {
  await page.goto(`/endpoints/${ENDPOINT}?seen=from%20chat#deployments`);
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  expect(new URL(page.url()).hash).toBe("#deployments");
  await page.getByRole("button", { name: "Sign in with Example SSO" }).click();
  await proveToBe(page, "ada");
  await expect(page).toHaveURL(`${rollcall.url}/endpoints/${ENDPOINT}?seen=from%20chat#deployments`);
  await expect(new EndpointScreen(page).says(/v8/i)).toBeVisible();

  await page.getByRole("banner").getByRole("button", { name: "ada@example.com" }).click();
  await page.getByRole("link", { name: "Sessions" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^ada@example\.com · Viewer$/);
  await expect(page.getByText(/You see rollouts/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Audit log" })).toHaveCount(0);
  const cookies = await page.context().cookies(rollcall.url);
  const session = cookies.find(({ name }) => name === "rollcall-session");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  // The handshake itself leaves no session.
  expect(cookies.filter(({ name }) => name.includes("session-token"))).toEqual([]);

  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto(`/endpoints/${ENDPOINT}`);
  await expect(page).toHaveURL(/\/sign-in/);
  // A copy of the cookie is useless.
  const kept = await fetch(`${rollcall.url}/api/v1/endpoints`, {
    headers: { cookie: `rollcall-session=${session?.value ?? ""}` },
  });
  expect(kept.status).toBe(401);
});

test("a group makes an administrator", async ({ page }) => {
  await page.goto("/audit");
  await page.getByRole("button", { name: "Sign in with Example SSO" }).click();
  await proveToBe(page, "grace");
  await expect(page).toHaveURL(/\/audit$/);
  await expect(page.getByRole("region", { name: "Audit log" })).toContainText(
    /grace@example\.com.*signed in: through oidc/,
  );
});

for (const name of ["mallory", "trudy"]) {
  test(`${name}, who matches no rule, gets a message and sees nothing`, async ({ page, rollcall }) => {
    await page.goto(`/endpoints/${ENDPOINT}`);
    await page.getByRole("button", { name: "Sign in with Example SSO" }).click();
    await proveToBe(page, name);
    await expect(page).toHaveURL(/\/sign-in\?/);
    await expect(page.getByRole("status")).toContainText("this account doesn’t have access");
    expect((await page.request.get("/api/v1/endpoints")).status()).toBe(401);
    expect(rollcall.output).toContain("no rule gives access");
  });
}

test("a domain with access to one organization sees nothing of another", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Example SSO" }).click();
  await proveToBe(page, "carol");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/No endpoints to watch/);
  expect((await page.request.get(`/api/v1/endpoints/${ENDPOINT}`)).status()).toBe(404);
});

test("a provider that does not answer is reported, and sign-in works once it does", async ({
  page,
  provider,
  rollcall,
}) => {
  provider.stop();
  await page.goto(`/endpoints/${ENDPOINT}#deployments`);
  await page.getByRole("button", { name: "Sign in with Example SSO" }).click();
  await expect(page.getByRole("status")).toContainText("Example SSO can’t be reached");
  expect((await page.request.get("/api/v1/endpoints")).status()).toBe(401);
  provider.start(rollcall.url);
  await page.getByRole("button", { name: "Sign in with Example SSO" }).click();
  await proveToBe(page, "ada");
  await expect(page).toHaveURL(`${rollcall.url}/endpoints/${ENDPOINT}#deployments`);
});

test("an answer that this browser did not ask for gives no access", async ({ page, rollcall }) => {
  const answer = await fetch(`${rollcall.url}/api/auth/callback/oidc?code=stolen&state=forged`, {
    redirect: "manual",
  });
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toMatch(/\/sign-in\?.*failure=failed/);
  expect(answer.headers.getSetCookie().filter((cookie) => cookie.startsWith("rollcall-session"))).toEqual([]);
  await page.goto(answer.headers.get("location") ?? "");
  await expect(page.getByRole("status")).toContainText("Sign-in didn’t finish");
});

test("signing in never leads to another site", async ({ page, rollcall }) => {
  for (const to of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]) {
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    expect(await page.content()).not.toMatch(/to&quot;:&quot;(https?:)?[/\\]{2}evil/);
  }
  await page.goto(`/sign-in?to=${encodeURIComponent("//evil.example/")}`);
  await page.getByRole("button", { name: "Sign in with Example SSO" }).click();
  await proveToBe(page, "ada");
  await expect(page).toHaveURL(`${rollcall.url}/`);
});

test("a removed rule also ends the access of those who are signed in", async ({ page, rollcall }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Example SSO" }).click();
  await proveToBe(page, "ada");
  await expect(page.getByRole("table", { name: "Endpoints" })).toBeVisible();
  await page.goto("about:blank");
  await rollcall.restart({ ROLLCALL_VIEWERS: "@partner.example" });
  expect((await page.request.get(`${rollcall.url}/api/v1/endpoints`)).status()).toBe(401);
});
