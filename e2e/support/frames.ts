import { setTimeout as sleep } from "node:timers/promises";

import type { Page } from "@playwright/test";

const documentLateMs = 700;
const answerLateMs = 250;

declare global {
  interface Window {
    framesSeen: { count: number; disagreements: string[] };
  }
}

/** Call before the page is opened: its document is delivered long after it was drawn, and every answer is late. */
export async function slowDown(page: Page): Promise<void> {
  for (const [path, late] of [
    ["**/endpoints/*", documentLateMs],
    ["**/api/v1/**", answerLateMs],
  ] as const) {
    await page.route(path, async (route) => {
      const response = await route.fetch().catch(() => null);
      // The page or the test has ended meanwhile. An aborted request would be a complaint.
      if (response === null) return;
      await sleep(late);
      await route.fulfill({ response }).catch(() => undefined);
    });
  }
}

/**
 * Records at every frame of the page how many replicas its parts say are updated: the headline, the tab's title, the
 * roll call, the chart's description and the label of its curve, its table, the tables of rollouts, and the log.
 */
export async function watchFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { count: 0, disagreements: new Array<string>() };
    window.framesSeen = seen;
    const find = (texts: readonly (string | null | undefined)[], pattern: RegExp) => {
      for (const text of texts) {
        const [, first, second] = pattern.exec(text ?? "") ?? [];
        if (first !== undefined || second !== undefined) return first ?? second;
      }
      return undefined;
    };
    const textsOf = (selector: string) =>
      [...document.querySelectorAll(`main ${selector}`)].map(({ textContent }) => textContent);
    const countCells = () => {
      const cells = [...document.querySelectorAll('main [role="img"] > * > *')];
      const isFilled = (cell: Element) => cell instanceof HTMLElement && cell.style.transform === "scaleX(1)";
      return cells.length === 0 ? undefined : String(cells.filter(isFilled).length);
    };
    const read = () => {
      const sentences = textsOf(":is(h1, h2, p)");
      const version = find(sentences, /(v\S+) [^.:]*: \d+ of \d+ replicas/) ?? "no version";
      const figure = document.querySelector("main figure");
      const counted = [...document.querySelectorAll('[aria-label="Replicas over time"] tbody tr')].filter(
        ({ children }) => children.length > 3,
      );
      const log = textsOf("li").filter((text) => text.includes(`${version}: `) && /\d+ → \d+/.test(text));
      const headline = find(sentences, /(\d+) of \d+ replicas|all (\d+) replicas/);
      return {
        headline,
        title: find([document.title], /(\d+)\/\d+/),
        label: find(
          [document.querySelector('main [role="img"][aria-label*="replicas"]')?.getAttribute("aria-label")],
          /^(\d+) of/,
        ),
        cells: countCells(),
        chart: find([figure?.getAttribute("aria-label")], /Updated went from \d+ to (\d+)\./),
        curve: find([figure?.textContent], /(\d+) updated/),
        table: counted.at(-1)?.children[3]?.textContent,
        log: find(log.slice(0, 1), /\d+ → (\d+)/),
      };
    };
    const look = () => {
      const reported = read();
      if (reported.headline !== undefined) {
        seen.count += 1;
        const numbers = Object.values(reported).filter((number) => number !== undefined);
        if (new Set(numbers).size > 1) seen.disagreements.push(JSON.stringify(reported));
      }
      const isLive = document.querySelector("main")?.dataset["freshness"] === "live";
      if (isLive && textsOf("p").some((text) => text.includes("until now")))
        seen.disagreements.push("live, and hatched until now");
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

export function framesSeen(page: Page): Promise<Window["framesSeen"]> {
  return page.evaluate(() => window.framesSeen);
}
