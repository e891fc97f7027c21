import type { Page } from "playwright";

import { openBrowser } from "./support/browser";
import { pause, until } from "./support/pause";
import { startSlowProxy } from "./support/slow-proxy";
import { onStage } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const id = "acme-qwen-3-32b";
/** How long a person reads before the next click. Part of what is measured: the page is idle by then. */
const readingMs = 1_500;
/** `latency` is added to a round trip, in milliseconds. With `isDocument` the browser follows each link by itself. */
const runs = [0, 100].flatMap((latency) => [true, false].map((isDocument) => ({ latency, isDocument })));

type Step = { what: string; go: (page: Page) => Promise<unknown>; arrivesAt: RegExp };

const steps: readonly Step[] = [
  {
    what: "fleet → endpoint",
    go: (page) => page.locator(`main a[href="/endpoints/${id}"]`).click(),
    arrivesAt: /^\/endpoints\/[^/]+$/,
  },
  {
    what: "endpoint → rollout",
    go: (page) => page.locator('main a[href*="/rollouts/"]').first().click(),
    arrivesAt: /\/rollouts\//,
  },
  { what: "back to the endpoint", go: (page) => page.goBack(), arrivesAt: /^\/endpoints\/[^/]+$/ },
  {
    what: "endpoint → fleet",
    go: (page) => page.locator('header a[href="/"]').first().click(),
    arrivesAt: /^\/$/,
  },
];

/** From a click on a link to the next page's headline, painted, after the first visit of each page. */
export async function measureNavigation(isShort: boolean): Promise<Row[]> {
  const rounds = isShort ? 4 : 8;
  return onStage({ scenario: "stuck" }, async ({ rollcall }) => {
    const browser = await openBrowser();
    try {
      const rows: Row[] = [];
      for (const { latency, isDocument } of runs) {
        const slow = await startSlowProxy(rollcall.url, latency / 2);
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
        // The compiler of this file names functions through a helper, which pages lack.
        await page.addInitScript("globalThis.__name = (named) => named");
        await page.addInitScript(noteClicks, isDocument);
        await until(async () => (await page.goto(slow.url)) !== null && (await hasRows(page)));
        const took = new Map<string, number[]>(steps.map(({ what }) => [what, []]));
        for (let nth = 0; nth <= rounds; nth += 1) {
          for (const { what, go, arrivesAt } of steps) {
            const ms = await time(page, go, arrivesAt);
            if (nth > 0) took.get(what)?.push(ms);
          }
        }
        for (const [what, all] of took)
          rows.push({
            what: `${what}, ${latency} ms away, ${isDocument ? "new document" : "as shipped"}`,
            figure: median(all),
            unit: "ms",
          });
        await page.close();
        await slow.close();
      }
      return rows;
    } finally {
      await browser.close();
    }
  });
}

async function hasRows(page: Page): Promise<boolean> {
  return (await page.locator(`main a[href="/endpoints/${id}"]`).count()) > 0;
}

/** Runs in every document. Pages that follow read the moment of the last click; with `isDocument` no script sees it. */
function noteClicks(isDocument: boolean): void {
  const note = (event: Event) => {
    sessionStorage.setItem("bench-left-at", String(Date.now()));
    if (isDocument) event.stopImmediatePropagation();
  };
  addEventListener("click", note, { capture: true });
}

/** Milliseconds from the click, or the call of `goBack`, to the paint of the headline. */
async function time(page: Page, go: Step["go"], arrivesAt: RegExp): Promise<number> {
  await page.waitForLoadState("load");
  await pause(readingMs);
  await page.evaluate(() => sessionStorage.setItem("bench-left-at", String(Date.now())));
  const arrived = page.waitForFunction(
    (pattern) => {
      const headline = document.querySelector("main h1");
      const isThere = new RegExp(pattern).test(location.pathname) && headline?.textContent !== "";
      if (!isThere || headline === null) return false;
      return Date.now() - Number(sessionStorage.getItem("bench-left-at"));
    },
    arrivesAt.source,
    { polling: "raf" },
  );
  const left = go(page);
  const took = Number(await (await arrived).jsonValue());
  await left;
  return took;
}
