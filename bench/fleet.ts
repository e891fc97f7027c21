import type { Page } from "playwright";
import { z } from "zod";

import { Simulator } from "../e2e/support/simulator";
import type { Rollcall } from "../e2e/support/rollcall";
import { openBrowser } from "./support/browser";
import { loadCold, type Load } from "./support/page-load";
import { pause, until } from "./support/pause";
import { rawGet } from "./support/raw-request";
import { besideSimulator } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const size = 1_000;
const loads = 5;
/** Web Vitals calls an interaction good up to this. */
const goodInteraction = 200;
const goodPaint = 2_500;

const fleet = z.object({
  endpoints: z.array(
    z.object({ rollouts: z.array(z.unknown()), freshness: z.object({ state: z.string() }) }),
  ),
});

/** A fleet of 1,000 on one page: first paint, typing while all endpoints change, bytes of a poll after 1 % changed. */
export async function measureFleet(isShort: boolean): Promise<Row[]> {
  const simulator = await Simulator.start({ scenario: `fleet-${size}` });
  const browser = await openBrowser();
  try {
    const ids = await simulator.endpointIds();
    const settings = {
      CEREBRAS_ORG: undefined,
      ROLLCALL_ENDPOINTS: ids.join(","),
      ROLLCALL_MAX_REQUESTS_PER_MINUTE: "100000",
      ROLLCALL_POLL_ACTIVE_SECONDS: "20",
      ROLLCALL_POLL_IDLE_SECONDS: "20",
    };
    return await besideSimulator(simulator, settings, async (rollcall) => {
      await untilRollouts(rollcall, ids.length, 1);
      const paints = await measurePaint(rollcall, isShort ? 1 : loads);
      const bytes = await measureBytes(simulator, rollcall, ids);
      const delays = await measureInteraction(simulator, rollcall, ids);
      return [...paints, ...bytes, ...delays];
    });
  } finally {
    await browser.close();
    await simulator.stop();
  }

  async function measurePaint(rollcall: Rollcall, count: number): Promise<Row[]> {
    for (let nth = 0; nth < 10; nth += 1) await (await fetch(rollcall.url)).arrayBuffer();
    const seen: Load[] = [];
    for (let nth = 0; nth < count; nth += 1)
      seen.push(await loadCold(browser, rollcall.url, "main [role=row][data-state]"));
    const page = await rawGet(rollcall.url, { "accept-encoding": "gzip" });
    const row = (what: string, pick: (load: Load) => number, limit?: number): Row => ({
      what,
      figure: median(seen.map(pick)),
      unit: "ms",
      ...(limit === undefined ? {} : { limit }),
    });
    return [
      { what: "endpoints", figure: size, unit: "" },
      { what: "the page as sent, compressed", figure: page.byteLength / 1_000, unit: "kB" },
      row("first byte", ({ firstByte }) => firstByte),
      row("largest paint", ({ largestPaint }) => largestPaint, goodPaint),
      row("first counts visible", ({ data }) => data, goodPaint),
      row("main thread blocked while loading", ({ blocking }) => blocking),
    ];
  }

  async function measureInteraction(
    simulated: Simulator,
    rollcall: Rollcall,
    ids: readonly string[],
  ): Promise<Row[]> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(() => {
      window.slowest = { delay: 0, task: 0 };
      const ofEvents: PerformanceObserverInit & { durationThreshold: number } = {
        type: "event",
        durationThreshold: 16,
      };
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          window.slowest.delay = Math.max(window.slowest.delay, duration);
      }).observe(ofEvents);
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          window.slowest.task = Math.max(window.slowest.task, duration);
      }).observe({ type: "longtask" });
    });
    await page.goto(`${rollcall.url}/?quiet=all`);
    await pause(3_000);
    const quiet = await typeFor(page, 3_000);
    await page.context().setOffline(true);
    for (const id of ids) await simulated.deploy(id, { version: 900, replicas: 24, msPerReplica: 600_000 });
    await untilRollouts(rollcall, ids.length, 2);
    await page.context().setOffline(false);
    const changing = await typeFor(page, 6_000);
    if ((await page.locator("main [role=row][data-state=done]").count()) > 0)
      throw new Error("The page does not show the change.");
    return [
      { what: "slowest key, nothing changes", figure: quiet.delay, unit: "ms" },
      { what: "slowest key, all change at once", figure: changing.delay, unit: "ms", limit: goodInteraction },
      { what: "longest task while all change", figure: changing.task, unit: "ms" },
    ];
  }
}

declare global {
  interface Window {
    /** Milliseconds from a key press to the next frame, and of the longest task. */
    slowest: { delay: number; task: number };
  }
}

/** Types into the search and clears it, and returns the slowest key and task. */
async function typeFor(page: Page, duration: number): Promise<Window["slowest"]> {
  await page.evaluate(() => (window.slowest = { delay: 0, task: 0 }));
  await page.getByRole("searchbox").focus();
  const end = Date.now() + duration;
  while (Date.now() < end) {
    for (const key of ["a", "c", "Backspace", "Backspace"]) {
      await page.keyboard.press(key);
      await pause(120);
    }
  }
  await pause(500);
  return page.evaluate(() => window.slowest);
}

/** Bytes of a poll, headers included, by a viewer who has the previous response. */
async function measureBytes(
  simulator: Simulator,
  rollcall: Rollcall,
  ids: readonly string[],
): Promise<Row[]> {
  const url = `${rollcall.url}/api/v1/endpoints`;
  const gzip = { "accept-encoding": "gzip" };
  const whole = await rawGet(url, gzip);
  const etag = await tagOf(url);
  const unchanged = await rawGet(`${url}?since=${encodeURIComponent(etag)}`, {
    ...gzip,
    "if-none-match": etag,
  });
  const changing = ids.filter((_, index) => index % 100 === 7);
  for (const id of changing)
    await simulator.deploy(id, { version: 800, replicas: 24, msPerReplica: 600_000 });
  await until(async () => (await changedSince(url, etag)) === changing.length, 60_000);
  const changed = await rawGet(`${url}?since=${encodeURIComponent(etag)}`, {
    ...gzip,
    "if-none-match": etag,
  });
  return [
    { what: "a poll of everything, compressed", figure: whole.byteLength, unit: "B" },
    {
      what: "a poll after 1 % changed",
      figure: changed.byteLength,
      unit: "B",
      ratio: { to: "everything", value: changed.byteLength / whole.byteLength },
    },
    { what: "a poll after nothing changed", figure: unchanged.byteLength, unit: "B", limit: 300 },
  ];
}

async function tagOf(url: string): Promise<string> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return response.headers.get("etag") ?? "";
}

async function changedSince(url: string, etag: string): Promise<number> {
  const response = await fetch(`${url}?since=${encodeURIComponent(etag)}`);
  return fleet.parse(await response.json()).endpoints.length;
}

/** Waits until Rollcall has seen this many rollouts on each endpoint. */
async function untilRollouts({ url }: Rollcall, endpoints: number, least: number): Promise<void> {
  await until(async () => {
    const answer = fleet.parse(await (await fetch(`${url}/api/v1/endpoints`)).json());
    const seen = answer.endpoints.filter(
      ({ rollouts, freshness }) => rollouts.length >= least && freshness.state === "live",
    );
    return seen.length === endpoints;
  }, 180_000);
}
