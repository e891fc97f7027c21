import type { Page } from "@playwright/test";

/**
 * Unexpected layout shifts of a page: the browser's score, and the elements that moved. `slid` is the part of the score
 * that came only from elements that slide to their places, which a machine too busy to draw the way shows as a jump.
 */
export type Shifts = { sum: number; slid: number; moved: string[] };

declare global {
  interface Window {
    shifts: Shifts;
  }
}

type Shift = PerformanceEntry & {
  value: number;
  sources: readonly { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
};

/** Call before the page is opened. Source of the score: the Layout Instability API. */
export async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: Shifts = { sum: 0, slid: 0, moved: [] };
    window.shifts = shifts;
    const isElection = (entry: PerformanceEntry): entry is Shift => "sources" in entry;
    const slides = (node: Node | null) => node instanceof Element && node.closest("[data-slide]") !== null;
    const toText = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(" ");
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries().filter(isElection)) {
        shifts.sum += value;
        if (sources.length > 0 && sources.every(({ node }) => slides(node))) shifts.slid += value;
        for (const { node, previousRect, currentRect } of sources) {
          const named = node instanceof Element ? node.outerHTML : (node?.nodeValue ?? "removed");
          const places = `${toText(previousRect)} → ${toText(currentRect)}`;
          shifts.moved.push(`${value.toFixed(5)} ${places} ${named.slice(0, 120)}`);
        }
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

export async function shiftsOf(page: Page): Promise<Shifts> {
  return page.evaluate(() => window.shifts);
}

/** The shifts since the last call. */
export async function takeShifts(page: Page): Promise<Shifts> {
  return page.evaluate(() => {
    const { sum, slid, moved } = window.shifts;
    Object.assign(window.shifts, { sum: 0, slid: 0 });
    return { sum, slid, moved: moved.splice(0) };
  });
}
