import type { Browser, CDPSession, Page } from "playwright";

import { observePage, type PageFigures } from "./page-observer";
import { pause } from "./pause";

type Script = { id: string; at: number; bytes: number };

/** A page load with the size of its scripts in kB as sent: until the load event, without the chart's part, in total. */
export type Load = PageFigures & { scripts: number; scriptsToLoad: number; scriptsWithoutChart: number };

/** One load with a cold cache, until the network has been idle for a while. */
export async function loadCold(browser: Browser, url: string, selector: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const scripts = await listenForScripts(session);
    // The compiler of this file names functions through a helper, which pages lack.
    await page.addInitScript("globalThis.__name = (named) => named");
    await page.addInitScript(observePage, selector);
    await page.goto(url, { waitUntil: "load" });
    await settle(page);
    const seen = await page.evaluate(() => window.benchSeen);
    const ofChart = await Promise.all(scripts.map((script) => isOfChart(session, script)));
    const weigh = (counts: (script: Script, nth: number) => boolean) =>
      scripts.filter(counts).reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
    return {
      ...seen,
      scripts: weigh(() => true),
      scriptsToLoad: weigh(({ at }) => at < seen.loaded),
      scriptsWithoutChart: weigh((_, nth) => ofChart[nth] === false),
    };
  } finally {
    await context.close();
  }
}

/** Every script with its encoded size, and when it was requested, in milliseconds since navigation. */
async function listenForScripts(session: CDPSession): Promise<readonly Script[]> {
  const scripts = new Map<string, Script>();
  const list: Script[] = [];
  let start: number | null = null;
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ requestId, timestamp, type }) => {
    start ??= timestamp;
    if (type !== "Script" && type !== "Other") return;
    scripts.set(requestId, { id: requestId, at: (timestamp - start) * 1_000, bytes: 0 });
  });
  session.on("Network.responseReceived", ({ requestId, response }) => {
    const script = scripts.get(requestId);
    if (script !== undefined && /javascript/.test(response.mimeType)) list.push(script);
  });
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId);
    if (script !== undefined) script.bytes += encodedDataLength;
  });
  return list;
}

/** The class names of the chart's library identify it. */
async function isOfChart(session: CDPSession, { id }: Script): Promise<boolean> {
  const { body } = await session.send("Network.getResponseBody", { requestId: id });
  return body.includes("recharts-");
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await pause(2_500);
}
