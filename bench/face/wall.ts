import type { Page } from "playwright";

import { onFleet } from "../../e2e/support/fleet-stage";
import { openBrowser } from "../support/browser";
import type { Row } from "../support/table";
import { openPage, untilFreshness } from "./open";

const screen = { width: 1920, height: 1080 };
/** Of a 55-inch screen of 16:9, seen from four meters. */
const millimetersPerPixel = 1217.6 / screen.width;
const distance = 4_000;
/** The height of Geist's capitals. */
const capital = 0.71;
const legible = 41;

/** A wall of 60 endpoints, where one is rolling or has failed: the sizes of its texts, and the shares of its areas. */
export async function measureWall(): Promise<Row[]> {
  return [...(await onWall("rolling", measureSizes)), ...(await onWall("failing", measureFailure))];
}

function onWall(variation: "rolling" | "failing", measure: (page: Page) => Promise<Row[]>): Promise<Row[]> {
  return onFleet({ size: 60, variation }, async ({ rollcall }) => {
    const browser = await openBrowser();
    try {
      const page = await openPage(browser, screen);
      await page.goto(`${rollcall.url}/wall`);
      await untilFreshness(page, "live");
      await page.waitForLoadState("networkidle");
      return await measure(page);
    } finally {
      await browser.close();
    }
  });
}

async function measureSizes(page: Page): Promise<Row[]> {
  const texts = await textsOf(page);
  const ofTile = texts.filter(({ tile }) => /Rolling out/.test(tile));
  const smallest = (some: typeof texts) => Math.min(...some.map(({ size }) => size));
  const names = ofTile.filter(({ text }) => /^[a-z0-9.-]{6,}$/.test(text.trim()));
  const states = ofTile.filter(({ text }) => /Rolling out/.test(text));
  return [
    ...toSizes("name of the rolling one", Math.max(...names.map(({ size }) => size))),
    ...toSizes("state of the rolling one", smallest(states)),
    ...toSizes("smallest text of its tile", smallest(ofTile)),
    ...toSizes("headline", smallest(texts.filter(({ isHeading }) => isHeading))),
    ...toSizes("smallest text of all", smallest(texts)),
    {
      what: "wall of 60: height of the featured part",
      figure: await featuredShare(page),
      unit: "%",
      least: 60,
    },
  ];
}

function toSizes(what: string, pixels: number): Row[] {
  const angle = Math.atan((pixels * capital * millimetersPerPixel) / distance) * (180 / Math.PI) * 60;
  const least = { "smallest text of all": {}, headline: {} }[what] ?? { least: legible - 0.5 };
  return [
    { what: `wall of 60: ${what}`, figure: pixels, unit: "px", ...least },
    { what: `wall of 60: ${what}, at 4 m`, figure: angle, unit: "arc min" },
  ];
}

/** Every visible text with its size and the text of the tile that it is in. */
function textsOf(page: Page) {
  return page.getByRole("main").evaluate((main) => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const texts: { text: string; size: number; tile: string; isHeading: boolean }[] = [];
    while (walker.nextNode() !== null) {
      const { parentElement: parent, textContent: text } = walker.currentNode;
      if (parent === null || text === null || text.trim() === "" || !parent.checkVisibility()) continue;
      if (parent.closest(".sr-only, title") !== null) continue;
      texts.push({
        text,
        size: Number.parseFloat(getComputedStyle(parent).fontSize),
        tile: parent.closest("li")?.textContent ?? "",
        isHeading: parent.closest("h1") !== null,
      });
    }
    return texts;
  });
}

function featuredShare(page: Page): Promise<number> {
  return page
    .locator("main ul, main ol")
    .filter({ hasText: "Rolling out" })
    .first()
    .evaluate((list) => (list.getBoundingClientRect().height / innerHeight) * 100);
}

/** The share of the screen's pixels that have the hue of a failure. */
async function measureFailure(page: Page): Promise<Row[]> {
  const picture = (await page.screenshot({ animations: "disabled" })).toString("base64");
  const share = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
    let failed = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
      if (red - blue > 80 && red > 1.6 * green) failed += 1;
    }
    return (failed / (data.length / 4)) * 100;
  }, picture);
  return [{ what: "wall of 60: share of the screen filled by one failure", figure: share, unit: "%" }];
}
