import type { Page } from "@playwright/test";

/** A text that a live region of the page showed newly, and when, in milliseconds since navigation. */
export type Spoken = { at: number; text: string };

declare global {
  interface Window {
    spoken: Spoken[];
  }
}

/** Call before the page is opened: records what screen readers would say by themselves. */
export async function recordAnnouncements(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const spoken: Spoken[] = [];
    window.spoken = spoken;
    const live = '[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"], output';
    const speak = (region: Element | null | undefined) => {
      const text = region?.closest('[aria-hidden="true"]') === null ? region.textContent.trim() : "";
      if (text !== "") spoken.push({ at: performance.now(), text });
    };
    new MutationObserver((records) => {
      // A region that appears says nothing, except an alert.
      const appeared = records.flatMap(({ addedNodes }) => [...addedNodes]);
      const alerts = appeared.filter((node) => node instanceof Element && node.matches('[role="alert"]'));
      const changed = records.map(({ target }) =>
        (target instanceof Element ? target : target.parentElement)?.closest(live),
      );
      const regions = new Set<Element | null | undefined>(changed);
      for (const alert of alerts) if (alert instanceof Element) regions.add(alert);
      for (const region of regions) speak(region);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** What was announced since the last call. */
export function takeAnnouncements(page: Page): Promise<Spoken[]> {
  return page.evaluate(() => window.spoken.splice(0));
}
