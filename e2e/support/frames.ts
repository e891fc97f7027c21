import type { Page } from "@playwright/test";

declare global {
  interface Window {
    framesSeen: { count: number; disagreements: string[] };
  }
}

/** Records at every frame of the page what its headline, cells, chart and table say about one endpoint. */
export async function watchFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { count: 0, disagreements: new Array<string>() };
    window.framesSeen = seen;
    const numberIn = (text: string | null | undefined, pattern: RegExp) => pattern.exec(text ?? "")?.[1];
    const look = () => {
      const main = document.querySelector("main");
      const sentences = [...(main?.querySelectorAll("h1, p") ?? [])].map(({ textContent }) => textContent);
      const headline = numberIn(
        sentences.find((text) => /of \d+ replicas/.test(text)),
        /(\d+) of \d+ replicas/,
      );
      const cells = [...(main?.querySelectorAll('[role="img"] > * > *') ?? [])];
      const filled = cells.filter(
        (cell) => cell instanceof HTMLElement && cell.style.transform === "scaleX(1)",
      );
      const chart = main?.querySelector("figure");
      const rows = [...(main?.querySelectorAll('[aria-label="Replicas over time"] tbody tr') ?? [])];
      const counted = rows.filter(({ children }) => children.length > 3);
      const reported = {
        headline,
        cells: cells.length === 0 ? undefined : String(filled.length),
        chart: numberIn(chart?.getAttribute("aria-label"), /Updated went from \d+ to (\d+)\./),
        table: counted.at(-1)?.children[3]?.textContent,
      };
      const isHatched = sentences.some((text) => text.includes("until now"));
      const isLive = main?.dataset["freshness"] === "live";
      if (headline !== undefined) seen.count += 1;
      const words = Object.values(reported).filter((word) => word !== undefined);
      if (headline !== undefined && new Set(words).size > 1)
        seen.disagreements.push(JSON.stringify(reported));
      if (isLive && isHatched) seen.disagreements.push("live, and hatched until now");
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

export function framesSeen(page: Page): Promise<Window["framesSeen"]> {
  return page.evaluate(() => window.framesSeen);
}
