import type { Locator } from "@playwright/test";

import { fleetRows } from "./support/fleet";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/shared-test";

type Status = { id: string; word: string; sentence: RegExp; updated: number; title: RegExp };

const STATUSES: readonly Status[] = [
  {
    id: "acme-not-started",
    word: "Not started",
    sentence: /v8 is waiting to start.*: 0 of 12 replicas updated/,
    updated: 0,
    title: /^Not started v8 · acme-not-started$/,
  },
  {
    id: "acme-in-progress",
    word: "Rolling out",
    sentence: /v8 is rolling out.*: 7 of 12 replicas updated, \d+ min in/,
    updated: 7,
    title: /^7\/12 v8 · acme-in-progress$/,
  },
  {
    id: "acme-rolling-back",
    word: "Rolling back",
    sentence: /v8 is rolling back: 6 of 12 replicas updated/,
    updated: 6,
    title: /^Rolling back v8 6\/12 · acme-rolling-back$/,
  },
  {
    id: "acme-rolled-back",
    word: "Rolled back",
    sentence: /v8 was rolled back: 0 of 12 replicas updated/,
    updated: 0,
    title: /^Rolled back v8 · acme-rolled-back$/,
  },
  {
    id: "acme-done",
    word: "Done",
    sentence: /v8 is done.*: 12 of 12 replicas updated/,
    updated: 12,
    title: /^Done v8 · acme-done$/,
  },
  {
    id: "acme-error",
    word: "Failed",
    sentence: /^v8 failed .*at 7 of 12 replicas\.$/,
    updated: 7,
    title: /^Failed v8 7\/12 · acme-error$/,
  },
  {
    id: "acme-cancelled",
    word: "Cancelled",
    sentence: /v8 was cancelled: 4 of 12 replicas updated/,
    updated: 4,
    title: /^Cancelled v8 · acme-cancelled$/,
  },
  {
    id: "acme-unknown",
    word: "Unknown status",
    sentence: /v8 is in a state that Rollcall does not know, .?draining_pods.?: 9 of 12 replicas updated/,
    updated: 9,
    title: /^Unknown status v8 · acme-unknown$/,
  },
];

for (const { id, word, sentence, updated, title } of STATUSES) {
  test(`${id} is shown as a sentence, a word, a count and in the tab`, async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open(id);
    await expect(screen.says(sentence)).toBeVisible();
    await expect(screen.main.getByText(word, { exact: true }).first()).toBeVisible();
    await expect(screen.rollCall).toHaveAccessibleName(`${updated} of 12 replicas updated`);
    expect(await screen.cells()).toEqual({ filled: updated, all: 12 });
    await expect(page).toHaveTitle(title);
    await expect(screen.section("Rollouts")).toContainText(`${updated} of 12`);
  });
}

test("the error message is complete, has the time when it appeared, and can be copied", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const screen = new EndpointScreen(page);
  await screen.open("acme-error");
  const section = screen.section("Error message");
  await expect(section).toContainText("Replica cs3-prod-07/replica-7 failed its readiness check 5 times");
  await expect(section).toContainText("Hint: check that the uploaded checkpoint matches the architecture");
  await expect(section.getByText(/Appeared/).getByRole("time")).toBeVisible();

  await section.getByRole("button", { name: "Copy the error message" }).click();
  await expect(section.getByRole("button", { name: "Copied the error message" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split("\n")).toHaveLength(6);
  expect(copied).toMatch(/^Replica cs3-prod-07[^]*upload a new version\.$/);
});

test("on a phone an error is read and acknowledged without scrolling, above the replicas", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const screen = new EndpointScreen(page);
  await screen.open("acme-error");
  const topOf = async (part: Locator) => (await part.boundingBox())?.y ?? Number.NaN;
  const acknowledge = screen.main.getByRole("button", { name: "Acknowledge the failure" });
  await expect(acknowledge).toBeVisible();
  expect(await topOf(acknowledge)).toBeLessThan(500);
  expect(await topOf(screen.section("Error message"))).toBeLessThan(await topOf(acknowledge));
  expect(await topOf(acknowledge)).toBeLessThan(await topOf(screen.rollCall));
});

test("sentence, replicas and chart end within 1280 × 800", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const screen = new EndpointScreen(page);
  await screen.open("acme-in-progress");
  const [cells, chart] = [await screen.rollCall.boundingBox(), await screen.chart.boundingBox()];
  expect((chart?.y ?? Infinity) + (chart?.height ?? 0)).toBeLessThan(800);
  expect(cells?.height).toBeLessThan(70);
  expect(cells?.width).toBeGreaterThan(1000);
});

test("where a rollout failed, the first missing replica is marked, and the updated ones are neutral", async ({
  page,
}) => {
  const screen = new EndpointScreen(page);
  await screen.open("acme-error");
  const shapes = await screen.rollCall.evaluate((row) =>
    [...row.children].map((cell) => cell.querySelector("svg") !== null),
  );
  expect(shapes.indexOf(true)).toBe(7);
  expect(shapes.filter(Boolean)).toHaveLength(1);
  expect(await screen.colorfulness(screen.rollCall.locator("svg"))).toBeGreaterThan(80);
});

test("every status has its own icon in the tab", async ({ page }) => {
  const screen = new EndpointScreen(page);
  const icons = new Map<string, string>();
  for (const { id } of STATUSES) {
    await screen.open(id);
    icons.set(id, await screen.icon());
  }
  expect(new Set(icons.values()).size).toBe(STATUSES.length);
  for (const icon of icons.values()) expect(icon).toMatch(/^data:image\/svg\+xml,<svg /);
});

test("the list shows every endpoint on a line that links to its page", async ({ page }) => {
  await page.goto("/");
  const lines = fleetRows(page);
  await expect(lines).toHaveCount(STATUSES.length);
  for (const { id, word, updated } of STATUSES) {
    const line = lines.filter({ has: page.getByRole("link", { name: id, exact: true }) });
    await expect(line).toContainText(word);
    await expect(line).toContainText(new RegExp(`${updated}\\s*of\\s*12`));
  }
  // Failing endpoints come first, then moving ones, then quiet ones.
  await expect(lines.first()).toContainText("acme-error");
  await expect(lines.last()).toHaveAttribute("data-quiet", "true");

  await lines.first().getByRole("link").click();
  await expect(page).toHaveURL(/\/endpoints\/acme-error$/);
  await expect(new EndpointScreen(page).says(/v8 (has )?failed/)).toBeVisible();
});
