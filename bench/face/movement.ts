import type { Browser, Page } from "playwright";

import { recordAnnouncements, takeAnnouncements } from "../../e2e/support/announcements";
import { recordShifts, takeShifts } from "../../e2e/support/layout-shifts";
import { openBrowser } from "../support/browser";
import { pause } from "../support/pause";
import type { Row } from "../support/table";
import { onDemo, type DemoPages } from "./demo-stage";
import { openPage, untilAllLive, untilFreshness, untilSettled } from "./open";

const widths = [390, 1280, 1920];
const watched = 60_000;
const outage = 12_000;

/** Its rollout may have ended before the outage, which then is no news. */
const movingRollout = "page of a moving rollout";

type Watched = { name: string; width: number; page: Page };

/**
 * Layout shifts and announcements over a minute of a rollout that ends and is followed by the next, and through an
 * outage and back. The short form plays the same in a third of the time.
 */
export function measureMovement(isShort: boolean): Promise<Row[]> {
  const speed = isShort ? 3 : 1;
  return onDemo(speed, async ({ simulator, rollcall }, pages) => {
    const browser = await openBrowser();
    try {
      const all = await openAll(browser, rollcall.url, pages);
      await pause(watched / speed);
      const rolling = await take(all, "60 s of a rollout", watched / speed);
      const outageBegan = Date.now();
      await simulator.fault({ kind: "status", status: 503 });
      const affected = all.filter(({ name }) => name !== movingRollout);
      await Promise.all(affected.map(({ page }) => untilFreshness(page, "blind")));
      await pause(outage);
      await simulator.clearFaults();
      await Promise.all(all.map(({ page }) => untilAllLive(page)));
      await pause(outage / 2);
      return [...rolling, ...(await take(all, "an outage and back", Date.now() - outageBegan))];
    } finally {
      await browser.close();
    }
  });
}

async function openAll(browser: Browser, url: string, { fleet, rolling, rollout, stuck, wall }: DemoPages) {
  const places = [
    ...widths.flatMap((width) =>
      Object.entries({ endpoint: rolling, fleet, wall }).map(([name, path]) => ({ name, path, width })),
    ),
    { name: movingRollout, path: rollout, width: 1280 },
    { name: "page of a stuck rollout", path: stuck, width: 1280 },
  ];
  const all: Watched[] = [];
  for (const { name, path, width } of places) {
    const page = await openPage(browser, {
      width,
      height: width === 390 ? 844 : width === 1280 ? 800 : 1080,
    });
    await recordShifts(page);
    await recordAnnouncements(page);
    await page.goto(`${url}${path}`);
    await untilFreshness(page, "live");
    all.push({ name, width, page });
  }
  await Promise.all(all.map(({ page }) => untilSettled(page)));
  for (const { page } of all) await Promise.all([takeShifts(page), takeAnnouncements(page)]);
  return all;
}

async function take(all: readonly Watched[], when: string, duration: number): Promise<Row[]> {
  const shifted: Row[] = [];
  const spoken: Row[] = [];
  for (const { name, width, page } of all) {
    const { sum, moved } = await takeShifts(page);
    const what = `${name} ${width}: ${when}`;
    shifted.push({ what: `layout shift, ${what}`, figure: sum, unit: "", limit: 0 });
    if (sum > 0) console.log([`Moved on ${what}:`, ...new Set(moved)].slice(0, 12).join("\n  "));
    if (width !== 1280) continue;
    const announced = await takeAnnouncements(page);
    const unit = `in ${Math.round(duration / 1_000)} s`;
    spoken.push({ what: `announcements, ${name}: ${when}`, figure: announced.length, unit });
    console.log([`Announced on ${what}:`, ...announced.map(({ text }) => text)].join("\n  "));
  }
  return [...shifted, ...spoken];
}
