import { violationsInEveryTheme } from "./support/accessibility";
import { PASSWORD, SIGN_IN, change, enter, firstPassword, pairScreen, showCode } from "./support/people";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const OTHER = "acme-another-one";

test.use({ settings: SIGN_IN });

test("a screen is paired from a phone, reconfigured remotely, and revoked", async ({
  page,
  browser,
  rollcall,
  simulator,
  complaints,
}) => {
  test.setTimeout(120_000);
  complaints.expect(/status of 401/);
  await simulator.putEndpoint(OTHER, { org: "acme", arch: "qwen-3-32b" });
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const [name, value] = cookie.split("=");

  const screen = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const wall = await screen.newPage();
  await wall.goto(`${rollcall.url}/wall`);
  const codeOnScreen = wall.getByText(/^[B-Z]{4}-[B-Z]{4}$/);
  await expect(codeOnScreen).toBeVisible();
  await expect(wall.getByRole("img", { name: /QR code/ })).toBeVisible();
  expect(await violationsInEveryTheme(wall)).toEqual([]);
  const code = (await codeOnScreen.textContent()) ?? "";

  await page.context().addCookies([{ name: name ?? "", value: value ?? "", url: rollcall.url }]);
  await page.goto(`/pair?code=${code}`);
  await expect(page.getByLabel("Code on the screen")).toHaveValue(code);
  await page.getByLabel(/^Name/).fill("Kitchen");
  expect(await violationsInEveryTheme(page)).toEqual([]);
  await page.getByRole("button", { name: "Approve screen" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kitchen is paired.");
  await expect(wall.getByText(ENDPOINT)).toBeVisible({ timeout: 15_000 });
  await expect(wall.getByText(OTHER)).toBeVisible();
  await expect(wall.getByText(/Kitchen/)).toBeVisible();

  // A pass is not a session: it only reads what the wall shows.
  for (const path of ["/", "/account", "/screens", `/endpoints/${ENDPOINT}`, "/doctor"]) {
    expect((await screen.request.get(rollcall.url + path)).status(), path).toBe(404);
  }

  await page.goto("/screens");
  await page.getByRole("button", { name: "Edit Kitchen" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Hall");
  await page.getByRole("radio", { name: /Only these/ }).check();
  await page.getByRole("checkbox", { name: OTHER }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(wall.getByText(/Hall/)).toBeVisible({ timeout: 15_000 });
  await expect(wall.getByText(ENDPOINT)).toHaveCount(0);
  await expect(wall.getByText(OTHER)).toBeVisible();
  expect(await violationsInEveryTheme(page)).toEqual([]);

  await page.getByRole("button", { name: "Identify Hall" }).click();
  await expect(wall.getByRole("status")).toHaveText("Hall", { timeout: 15_000 });
  await expect(wall.getByRole("status")).toHaveCount(0, { timeout: 15_000 });
  const reloaded = wall.waitForEvent("load", { timeout: 15_000 });
  await page.getByRole("button", { name: "Reload Hall" }).click();
  await reloaded;
  await expect(wall.getByText(OTHER)).toBeVisible();

  const isConnected = async () => (await screen.request.get(`${rollcall.url}/api/v1/endpoints`)).status();
  await page.getByRole("button", { name: "Revoke Hall" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/No wall screens are paired/);
  expect(await isConnected()).toBe(401);
  await page.getByRole("button", { name: "Undo the revocation of Hall" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/1 wall screen is paired/);
  expect(await isConnected()).toBe(200);
  await expect(wall.getByRole("heading", { name: /screen was disconnected/ })).toHaveCount(0, {
    timeout: 20_000,
  });
  await page.getByRole("button", { name: "Revoke Hall" }).click();
  await expect(wall.getByRole("heading", { name: /screen was disconnected/ })).toBeVisible({
    timeout: 20_000,
  });
  // The last data stays, dimmed, under a new code. There is no sign-in form.
  await expect(wall.getByText(OTHER)).toBeAttached();
  await expect(codeOnScreen).toBeVisible();
  expect(await codeOnScreen.textContent()).not.toBe(code);
  // The code has an opaque background that hides the numerals behind it.
  const plate = wall.getByRole("main").filter({ has: codeOnScreen });
  expect(await plate.evaluate((drawn) => getComputedStyle(drawn).backgroundColor)).not.toMatch(/, 0\)$/);
  await wall.screenshot({ path: test.info().outputPath("new-code.png") });
  expect(await wall.getByText(/sign in|password/i).count()).toBe(0);
  expect(new URL(wall.url()).pathname).toBe("/wall");

  await page.goto(`/pair?code=${(await codeOnScreen.textContent()) ?? ""}`);
  await page.getByLabel(/^Name/).fill("Hall again");
  await page.getByRole("button", { name: "Approve screen" }).click();
  await expect(wall.getByText(/Hall again/)).toBeVisible({ timeout: 15_000 });
  await screen.close();
});

test("a screen cannot be given an endpoint that is not watched", async ({ rollcall }) => {
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const { id } = await pairScreen(rollcall, cookie);
  const show = async (endpointIds: readonly string[]) => {
    const displaySettings = { endpointIds, theme: "auto", rotateSeconds: null };
    const body = { displaySettings };
    return change(rollcall, "PATCH", `/api/v1/screens/${id}`, { body, headers: { cookie } });
  };
  const refused = await show([ENDPOINT, "acme-qwen-32b"]);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("Rollcall watches no endpoint named acme-qwen-32b.");
  expect((await show([ENDPOINT])).status).toBe(200);
});

test("a code cannot be guessed and works only once", async ({ rollcall }) => {
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const displaySettings = { endpointIds: null, theme: "auto", rotateSeconds: null };
  const approve = (code: string) =>
    change(rollcall, "POST", "/api/v1/screens", {
      body: { code, name: "x", displaySettings },
      headers: { cookie },
    });
  const { code } = await showCode(rollcall);
  expect((await approve(code.toLowerCase().replace("-", " "))).status).toBe(200);
  expect((await approve(code)).status).toBe(404);
  const statuses = [];
  for (let time = 0; time < 20; time += 1) statuses.push((await approve("BCDF-GHJK")).status);
  expect(statuses.slice(0, 18)).toEqual(Array.from({ length: 18 }, () => 404));
  expect(statuses.slice(18)).toEqual([429, 429]);
});

test("a screen's token is stored hashed and survives a restart", async ({ rollcall }) => {
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const { cookie: pass } = await pairScreen(rollcall, cookie);
  expect(pass).toMatch(/^rollcall-screen=[\w-]{43}$/);
  await rollcall.restart();
  await expect
    .poll(async () => (await fetch(`${rollcall.url}/api/v1/endpoints`, { headers: { cookie: pass } })).status)
    .toBe(200);
  const secrets = [pass, cookie].map((each) => each.split("=")[1] ?? "");
  const files = [...(await rollcall.databaseFiles()).values()].map((bytes) => bytes.toString("latin1"));
  for (const secret of secrets) {
    expect(files.filter((text) => text.includes(secret))).toEqual([]);
    expect(rollcall.output).not.toContain(secret);
  }
});
