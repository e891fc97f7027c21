import { passOn, serveHttps } from "./support/https-front";
import { EVERYTHING, PASSWORD, SIGN_IN, firstPassword } from "./support/people";
import { Rollcall } from "./support/rollcall";
import { Simulator } from "./support/simulator";
import { expect, test } from "@playwright/test";

const ENDPOINT = "acme-qwen-3-32b";

/** Rollcall behind https, and a wiki on another site that shows the wall in a frame. */
async function stage(framedBy: "the wiki" | "nobody else") {
  const simulator = await Simulator.start({ scenario: "steady" });
  let behind = "";
  const front = await serveHttps(
    "localhost",
    passOn(() => behind),
  );
  const wiki = await serveHttps("127.0.0.1", (_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(
      `<!doctype html><title>Wiki</title><iframe src="${front.url}/wall" width="1200" height="700">`,
    );
  });
  const rollcall = await Rollcall.start(simulator, {
    ...SIGN_IN,
    ROLLCALL_URL: front.url,
    ROLLCALL_FRAME_ANCESTORS: framedBy === "the wiki" ? wiki.url : "https://chat.example",
  });
  behind = rollcall.url;
  const change = (path: string, body: object, cookie = "") =>
    fetch(behind + path, {
      method: "POST",
      headers: { origin: front.url, "content-type": "application/json", cookie },
      body: JSON.stringify(body),
    });
  const entered = await change("/api/v1/sign-in", {
    ...{ account: "admin", password: firstPassword(rollcall), newPassword: PASSWORD },
  });
  const cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return {
    ...{ front, wiki, simulator },
    approve: (code: string) =>
      change("/api/v1/screens", { code, name: "Wiki", displaySettings: EVERYTHING }, cookie),
    close: async () => {
      await Promise.all([front.close(), wiki.close()]);
      await rollcall.remove();
      await simulator.stop();
    },
  };
}

test("a wall in a frame of another site is paired, and stays paired", async ({ browser }) => {
  const { front, wiki, approve, close } = await stage("the wiki");
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(wiki.url);
  const wall = page.frameLocator("iframe");
  const code = wall.getByText(/^[B-Z]{4}-[B-Z]{4}$/);
  await expect(code).toBeVisible();
  expect((await approve((await code.textContent()) ?? "")).ok).toBe(true);
  await expect(wall.getByText(ENDPOINT)).toBeVisible({ timeout: 15_000 });

  await page.reload();
  await expect(wall.getByText(ENDPOINT)).toBeVisible();

  // The pass belongs to the wiki's frame. Opened directly, the wall is a different screen.
  const cookies = (await context.cookies(front.url)).filter(({ name }) => name.endsWith("rollcall-screen"));
  expect(cookies).toHaveLength(1);
  const alone = await context.newPage();
  await alone.goto(`${front.url}/wall`);
  await expect(alone.getByText(/^[B-Z]{4}-[B-Z]{4}$/)).toBeVisible();
  await context.close();
  await close();
});

test("a site that is not allowed cannot frame the wall", async ({ browser }) => {
  const { wiki, close } = await stage("nobody else");
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const refused = page.waitForEvent("console", (message) => /frame-ancestors/.test(message.text()));
  await page.goto(wiki.url);
  await refused;
  await expect(page.frameLocator("iframe").getByText(/^[B-Z]{4}-[B-Z]{4}$/)).toHaveCount(0);
  await context.close();
  await close();
});
