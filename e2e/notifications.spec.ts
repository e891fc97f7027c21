import type { BrowserContext, Page } from "@playwright/test";
import { z } from "zod";

import { violationsInEveryTheme } from "./support/accessibility";
import type { Rollcall } from "./support/rollcall";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const patience = { timeout: 25_000 };

test.use({
  scenario: "slow",
  settings: {
    // Nothing listens there: deliveries wait, unless they are muted.
    ROLLCALL_WEBHOOK_URL: "http://127.0.0.1:9/hook",
    ROLLCALL_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
  },
});

const list = z.object({ deliveries: z.array(z.object({ event: z.string(), state: z.string() })) });

async function deliveries(rollcall: Rollcall): Promise<string[]> {
  const answer: unknown = await (await fetch(`${rollcall.url}/api/v1/notifications`)).json();
  return list.parse(answer).deliveries.map(({ event, state }) => `${event} ${state}`);
}

const view = z.object({ current: z.string() });

/** The page exists once the endpoint was seen. */
async function untilSeen({ url }: Rollcall): Promise<void> {
  const status = async () => (await fetch(`${url}/api/v1/endpoints/${ENDPOINT}`)).status;
  await expect.poll(status, patience).toBe(200);
}

async function currentRollout(rollcall: Rollcall): Promise<string> {
  const answer: unknown = await (await fetch(`${rollcall.url}/api/v1/endpoints/${ENDPOINT}`)).json();
  return view.parse(answer).current;
}

type Recorder = { shown: { title: string; body: string; tag: string }[]; click: () => void };
declare global {
  var recorder: Recorder;
}

/** Records notifications instead of showing them. The permission belongs to the browser, as a real one does. */
async function recordNotifications(context: BrowserContext, answer: NotificationPermission): Promise<void> {
  await context.addInitScript((given) => {
    class Recording extends EventTarget {
      static get permission(): string {
        return localStorage.getItem("stub-permission") ?? "default";
      }
      static requestPermission(): Promise<string> {
        localStorage.setItem("stub-permission", given);
        return Promise.resolve(given);
      }
      constructor(title: string, { body = "", tag = "" }: NotificationOptions = {}) {
        super();
        recorder.shown.push({ title, body, tag });
        recorder.click = () => this.dispatchEvent(new Event("click"));
      }
      close(): void {
        // Nothing is shown.
      }
    }
    globalThis.recorder = { shown: [], click: () => undefined };
    Object.assign(globalThis, { Notification: Recording });
  }, answer);
}

const shownOn = (page: Page) => page.evaluate(() => recorder.shown);

test("an event makes one notification for all tabs, and leads to its rollout; a muted endpoint makes none", async ({
  context,
  page,
  rollcall,
  simulator,
}) => {
  test.setTimeout(120_000);
  await recordNotifications(context, "granted");
  await untilSeen(rollcall);
  await page.goto("/");
  await page.getByRole("button", { name: "Turn on browser notifications" }).click();
  await expect(page.getByText("This browser shows a notification for each event")).toBeVisible();
  expect(await violationsInEveryTheme(page)).toEqual([]);
  const other = await context.newPage();
  await other.goto(`/endpoints/${ENDPOINT}`);
  await expect(other.getByRole("button", { name: "Turn off browser notifications" })).toBeVisible();
  // Both tabs have their first look behind them.
  await expect(other.getByText(/v8 is rolling out/).first()).toBeVisible(patience);

  const deploymentId = await currentRollout(rollcall);
  const failure = { rollout_status: "error", error_message: "CUDA out of memory." };
  await simulator.patchDeployment(ENDPOINT, deploymentId, failure);
  await expect(other.locator("main")).toHaveAttribute("data-state", "error", patience);
  await expect(page.getByRole("row").filter({ hasText: ENDPOINT })).toContainText("Failed", patience);
  const shown = async () => {
    const both = [...(await shownOn(page)), ...(await shownOn(other))];
    return both.filter(({ title }) => title.includes("failed"));
  };
  await expect.poll(shown, patience).toHaveLength(1);
  const [{ title, body } = { title: "", body: "" }] = await shown();
  expect(title).toContain(`${ENDPOINT}: v7 → v8 failed`);
  expect(body).toContain("CUDA out of memory.");

  const hasShown = (await shownOn(page)).some((each) => each.title === title);
  const shower = hasShown ? page : other;
  await shower.evaluate(() => recorder.click());
  await expect(shower).toHaveURL(new RegExp(`/rollouts/${deploymentId}\\?at=`), patience);
  await expect.poll(() => deliveries(rollcall), patience).toContain("failed waiting");

  // The link of a message. Following it mutes nothing.
  await page.goto(`/endpoints/${ENDPOINT}#mute`);
  const section = page.locator("#mute");
  await expect(section).toBeInViewport();
  await expect(section).toContainText("Messages about this endpoint are sent");
  await section.getByRole("button", { name: "Mute for 1 h" }).click();
  await expect(section).toContainText("Muted until");
  await expect(page.getByRole("link", { name: /^Muted until/ })).toBeVisible();
  expect(await violationsInEveryTheme(page)).toEqual([]);

  const before = (await shownOn(page)).length;
  await simulator.deploy(ENDPOINT, { version: 9, replicas: 12, msPerReplica: 60_000 });
  await expect(page.locator("main")).toHaveAttribute("data-state", "in_progress", patience);
  await expect.poll(() => deliveries(rollcall), patience).toContain("started muted");
  expect(await shownOn(page)).toHaveLength(before);

  await page.goto("/notifications");
  const muted = page.getByRole("listitem").filter({ hasText: ENDPOINT });
  await expect(muted).toContainText("until");
  expect(await violationsInEveryTheme(page)).toEqual([]);
  await muted.getByRole("button", { name: `Unmute ${ENDPOINT}` }).click();
  await expect(muted).toHaveCount(0);
});

test("where the browser blocks notifications, the page says what to do", async ({
  context,
  page,
  rollcall,
}) => {
  await recordNotifications(context, "denied");
  await untilSeen(rollcall);
  await page.goto(`/endpoints/${ENDPOINT}`);
  await page.getByRole("button", { name: "Turn on browser notifications" }).click();
  await expect(page.locator("#mute").getByRole("status").last()).toContainText("blocks notifications");
  await expect(page.getByRole("button", { name: "Turn on browser notifications" })).toBeVisible();
});
