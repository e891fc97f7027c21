import type { Browser } from "@playwright/test";

import { violationsInEveryTheme } from "./support/accessibility";
import { PASSWORD, SIGN_IN, change, enter, firstPassword, makeAccount, pairScreen } from "./support/people";
import type { Rollcall } from "./support/rollcall";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

test.use({ scenario: "failed" });

async function openAs(browser: Browser, rollcall: Rollcall, cookie: string, path: string) {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url: rollcall.url }]);
  const page = await context.newPage();
  await page.goto(rollcall.url + path);
  return page;
}

test.describe("where people sign in", () => {
  test.use({ settings: SIGN_IN });

  test("a failure stays large on the wall until someone acknowledges it or a newer one appears", async ({
    browser,
    rollcall,
    simulator,
  }) => {
    test.setTimeout(120_000);
    const admin = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
    await makeAccount(rollcall, "ada", "viewer", "acme");
    const ada = await enter(rollcall, "ada");
    const wall = await openAs(browser, rollcall, (await pairScreen(rollcall, admin)).cookie, "/wall");
    const tile = wall.locator("main li").filter({ hasText: ENDPOINT });
    await expect(tile).toHaveClass("wall-featured");
    const page = await openAs(browser, rollcall, ada, `/endpoints/${ENDPOINT}`);
    const section = page
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "Error message" }) });
    await expect(section).toContainText("Not acknowledged yet");
    await section.getByRole("button", { name: "Acknowledge the failure" }).click();
    await expect(section).toContainText(/ada acknowledged it at /);
    expect(await violationsInEveryTheme(page)).toEqual([]);
    await expect(tile).toHaveClass("wall-compact", { timeout: 15_000 });
    await expect(tile).toContainText("seen by ada");
    await expect(tile).toHaveAttribute("data-state", "error");
    expect(await violationsInEveryTheme(wall)).toEqual([]);
    const basic = await fetch(`${rollcall.url}/wall/basic`, { headers: { cookie: ada } });
    expect(await basic.text()).toContain("Failed, seen by ada");

    await rollcall.kill("SIGKILL");
    await rollcall.restart();
    await wall.reload();
    await expect(tile).toContainText("seen by ada");

    await section.getByRole("button", { name: "Undo the acknowledgement" }).click();
    await expect(tile).toHaveClass("wall-featured", { timeout: 15_000 });
    await section.getByRole("button", { name: "Acknowledge the failure" }).click();
    await expect(tile).toHaveClass("wall-compact", { timeout: 15_000 });

    const created = Math.floor((await simulator.clock({})).at / 1_000);
    await simulator.putEndpoint(ENDPOINT, {
      org: "acme",
      arch: "qwen-3-32b",
      deployments: [{ id: "newer", rollout_status: "error", error_message: "Out of memory.", created }],
    });
    await expect(tile).toHaveClass("wall-featured", { timeout: 30_000 });
    await expect(tile).toContainText("Out of memory.");
    await expect(section).toContainText("Not acknowledged yet", { timeout: 15_000 });
  });
});

test("under open access, an acknowledgement names no user", async ({ page, rollcall }) => {
  await expect
    .poll(async () => (await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}`)).status)
    .toBe(200);
  await page.goto(`/endpoints/${ENDPOINT}`);
  await page.getByRole("button", { name: "Acknowledge the failure" }).click();
  await expect(page.getByText(/^Someone acknowledged it at /)).toBeVisible();
  await page.goto("/wall");
  await expect(page.locator("main li")).toContainText("seen by someone");
});

test("only a failure of the newest rollout can be acknowledged", async ({ rollcall }) => {
  const address = `/api/v1/endpoints/${ENDPOINT}`;
  const read = async () => (await fetch(rollcall.url + address)).text();
  await expect.poll(read).toContain('"current":"');
  const view = await read();
  const current = /"current":"([^"]+)"/.exec(view)?.[1] ?? "";
  const ids = [...view.matchAll(/"deploymentId":"([^"]+)"/g)].map((match) => match[1] ?? "");
  const older = ids.find((id) => id !== current) ?? "";
  const post = (id: string) => change(rollcall, "POST", `${address}/rollouts/${id}/acknowledgement`);
  expect((await post("unknown")).status).toBe(404);
  expect((await post(older)).status).toBe(409);
  expect((await post(current)).status).toBe(200);
});
