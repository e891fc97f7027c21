import type { Page } from "@playwright/test";

/** Something to click on: the smaller side of what reacts to a click, in CSS pixels, and its element. */
export type Target = { size: number; element: string };

/**
 * Everything visible that reacts to a click, smallest first. The size is that of the area around its middle in which a
 * click reaches it, up to 48 px. Links within a sentence are left out, as in WCAG 2.5.8.
 */
export function targetsOf(page: Page): Promise<Target[]> {
  return page.evaluate(() => {
    const most = 24;
    const selector =
      'a[href], button, input:not([type="hidden"]), select, textarea, summary, [role="slider"]';
    const isInSentence = (element: Element) => {
      const block = element.parentElement;
      const around = (block?.textContent ?? "").replace(element.textContent, "").trim();
      return element.matches("a") && block?.matches("p, p *") === true && /\w+ \w+/.test(around);
    };
    const reaches = (element: Element, x: number, y: number) => {
      const hit = document.elementFromPoint(x, y);
      const label = hit?.closest("label");
      return element.contains(hit) || (label instanceof HTMLLabelElement && label.control === element);
    };
    const extent = (element: Element, x: number, y: number, dx: number, dy: number) => {
      let reached = 0;
      while (reached < most && reaches(element, x + dx * (reached + 1), y + dy * (reached + 1))) reached += 1;
      return reached;
    };
    const measure = (element: Element): Target[] => {
      element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (width === 0 || height === 0 || !reaches(element, x, y)) return [];
      const wide = extent(element, x, y, -1, 0) + extent(element, x, y, 1, 0);
      const high = extent(element, x, y, 0, -1) + extent(element, x, y, 0, 1);
      return [
        {
          size: Math.min(wide, high) + 1,
          element: element.outerHTML.replace(/ class="[^"]*"/, "").slice(0, 100),
        },
      ];
    };
    const all = [...document.querySelectorAll(selector)].filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && !isInSentence(element),
    );
    const targets = all.flatMap(measure).toSorted((a, b) => a.size - b.size);
    scrollTo({ top: 0, behavior: "instant" });
    return targets;
  });
}
