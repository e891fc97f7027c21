import { mkdir, rename } from "node:fs/promises";

import AxeBuilder from "@axe-core/playwright";
import { expect, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";

/** Where the newest pictures are, and where those that they replace go. */
const latest = ".cache/shots/latest";
const former = ".cache/shots/former";

type Way = {
  name: string;
  options: BrowserContextOptions;
  isPrinted?: boolean;
  /** Whether the picture shows all of the page, or what a screen shows of it. */
  isWhole?: boolean;
};

const screens = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
];
const portrait = { width: 1080, height: 1920 };
/** A4 within its margins, in CSS pixels. */
const paper = { width: 718, height: 1047 };
const themes = ["light", "dark"] as const;

function onScreens(sizes: readonly { width: number; height: number }[]): Way[] {
  return sizes.flatMap((viewport) =>
    themes.map((colorScheme) => ({
      name: `${viewport.width}-${colorScheme}`,
      options: { viewport, colorScheme },
      isWhole: viewport.width < 1920,
    })),
  );
}

const forced = (viewport: { width: number; height: number }): Way[] =>
  themes.map((colorScheme) => ({
    name: `forced-${colorScheme}`,
    options: { viewport, colorScheme, forcedColors: "active" },
  }));

const printed: Way = {
  ...{ name: "print", options: { viewport: paper, colorScheme: "light" } },
  ...{ isPrinted: true, isWhole: true },
};

/** A page: both themes on a phone, a laptop, a screen and a wall; on paper; with forced colors. */
const pageWays: readonly Way[] = [...onScreens(screens), printed, ...forced({ width: 1280, height: 800 })];

/** A wall: the same screens without scrolling, one on its side, and forced colors. */
const wallWays: readonly Way[] = [
  ...onScreens([...screens, portrait]).map((way) => ({ ...way, isWhole: false })),
  printed,
  ...forced({ width: 1920, height: 1080 }),
];

/**
 * Takes pictures of a page in every way, once `settle` resolves, and checks it against the accessibility rules. A picture
 * that is there already moves to the former ones.
 */
export async function takeShots(
  browser: Browser,
  address: string,
  name: string,
  settle: (page: Page) => Promise<void>,
  { isWall = false }: { isWall?: boolean } = {},
): Promise<void> {
  for (const way of isWall ? wallWays : pageWays) {
    const context = await browser.newContext({ ...way.options, timezoneId: "Europe/Berlin" });
    const page = await context.newPage();
    // By day: at night a wall is dark in either theme.
    if (isWall) await page.clock.install({ time: new Date(new Date().setUTCHours(11, 0, 0, 0)) });
    await page.goto(address);
    await settle(page);
    if (way.isPrinted === true) await page.emulateMedia({ media: "print" });
    await page.screenshot({
      path: await makeRoom(`${name}-${way.name}.png`),
      fullPage: way.isWhole === true,
    });
    if (way.name.startsWith("1280")) await expectAccessible(page);
    await context.close();
  }
}

/** The path for a new picture, which is free. */
async function makeRoom(file: string): Promise<string> {
  await mkdir(former, { recursive: true });
  await rename(`${latest}/${file}`, `${former}/${file}`).catch(() => undefined);
  return `${latest}/${file}`;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  expect.soft(found).toEqual([]);
}
