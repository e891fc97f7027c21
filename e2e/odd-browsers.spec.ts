import type { Locator, Page } from "@playwright/test";

import { askAbout } from "./support/current";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";

test.use({ scenario: "stuck" });

/** Imitates a browser translation, which moves every text into two new elements. */
async function translate(page: Page): Promise<void> {
  await page.evaluate((tag: string) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Node[] = [];
    while (walker.nextNode() !== null) texts.push(walker.currentNode);
    for (const text of texts) {
      if (text.parentElement?.closest("script, style, textarea") !== null) continue;
      const inner = document.createElement(tag);
      const outer = document.createElement(tag);
      text.parentNode?.replaceChild(outer, text);
      outer.append(inner);
      inner.append(text.textContent ?? "");
    }
  }, "font");
}

test("a translated page keeps showing current data", async ({ page, context, simulator, rollcall }) => {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  const [fleet, wall] = [await context.newPage(), await context.newPage()];
  await fleet.goto("/");
  await wall.goto("/wall");
  const pages = [page, fleet, wall];
  for (const each of pages) await expect(each.getByRole("main")).toContainText(/5\s+of\s+12/);
  await screen.showTable();
  for (const each of pages) await translate(each);

  const deployment = (await askAbout(rollcall, ENDPOINT))?.current ?? "";
  await simulator.patchDeployment(ENDPOINT, deployment, { updated_replicas: 9, total_replicas: 13 });
  for (const each of pages) {
    await expect(each.getByRole("main")).toContainText(/9\s+of\s+13/);
    await expect(each.getByRole("main")).not.toContainText(/5\s+of\s+12/);
  }
  await expect(screen.section("Over time")).toContainText("9 updated");

  await simulator.fault({ kind: "status", status: 503 });
  for (const each of pages) await expect(each.getByRole("main")).toContainText("Blind", { timeout: 20_000 });
  await simulator.clearFaults();
  await expect(screen.says(/9 of 13 replicas updated/)).toBeVisible({ timeout: 20_000 });
});

/** The painted color in the middle of each cell. */
async function middles(page: Page, cells: Locator): Promise<string[]> {
  const boxes = await Promise.all((await cells.all()).map((cell) => cell.boundingBox()));
  const picture = (await page.screenshot({ animations: "disabled" })).toString("base64");
  return page.evaluate(
    async ({ picture: source, places }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context?.drawImage(image, 0, 0);
      return places.map(({ x, y }) => String(context?.getImageData(x, y, 1, 1).data.slice(0, 3)));
    },
    {
      picture,
      places: boxes.map((box) => ({
        x: Math.round((box?.x ?? 0) + (box?.width ?? 0) / 2),
        y: Math.round((box?.y ?? 0) + (box?.height ?? 0) / 2),
      })),
    },
  );
}

test("in forced colors, 5 of 12 are visible on page, list and wall", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  const places: [string, Locator][] = [
    [`/endpoints/${ENDPOINT}`, screen.rollCall.locator("> *")],
    ["/", page.locator(".replica-cell")],
    ["/wall", page.locator(".wall-cell")],
  ];
  for (const [path, cells] of places) {
    await page.goto(path);
    await expect(cells).toHaveCount(12);
    const colors = await middles(page, cells);
    expect(new Set(colors.slice(0, 5)).size, path).toBe(1);
    expect(new Set(colors.slice(5)).size, path).toBe(1);
    expect(colors[0], path).not.toBe(colors[11]);
    await page.screenshot({ path: test.info().outputPath(`forced-colors${path.replaceAll("/", "-")}.png`) });
  }
});

test("paper shows the page in light colors, the plot as wide as the paper, its date and its address", async ({
  page,
}) => {
  const screen = new EndpointScreen(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await screen.open(ENDPOINT);
  await expect(screen.liveCurves).toBeVisible();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 700, height: 990 });
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(ground).toBe("rgb(255, 255, 255)");
  await expect(
    page.getByText(/^Rollcall, printed \d{4}-\d\d-\d\d .* from http.*\/endpoints\/acme/),
  ).toBeVisible();
  await expect(page.getByRole("button")).toHaveCount(0);
  const plot = screen.chart.locator("svg").first();
  await expect(plot).toBeVisible();
  await expect(screen.liveCurves).toBeHidden();
  const [paper, frame, curves] = [700, await screen.chart.boundingBox(), await plot.boundingBox()];
  expect((frame?.x ?? 0) + (frame?.width ?? 0)).toBeLessThanOrEqual(paper);
  expect((curves?.x ?? 0) + (curves?.width ?? 0)).toBeLessThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0));
  expect(curves?.width ?? 0).toBeGreaterThan(300);
  const exact = await screen.rollCall
    .locator("> * > *")
    .first()
    .evaluate((fill) => getComputedStyle(fill).printColorAdjust);
  expect(exact).toBe("exact");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(overflow).toBeLessThanOrEqual(paper);
  await page.screenshot({ path: test.info().outputPath("paper.png"), fullPage: true });
});

test("a text that the browser refuses to copy is shown selected", async ({ page }) => {
  // Browsers refuse it on plain http, except on loopback.
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await page.getByRole("button", { name: "Copy the deployment id" }).click();
  const field = page.getByRole("textbox", { name: "the deployment id" });
  await expect(field).toBeFocused();
  const selected = await field.evaluate((text) =>
    text instanceof HTMLTextAreaElement ? text.value.slice(text.selectionStart, text.selectionEnd) : "",
  );
  expect(selected).toMatch(/^[0-9a-f-]{36}$/);
  await page.keyboard.press("Control+C");
  await expect(field).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Copied the deployment id" })).toBeVisible();
});
