import type { Browser, CDPSession, Page } from "playwright";

import { observePage, type PageFigures } from "./page-observer";
import { pause } from "./pause";

type Script = { at: number; bytes: number };

/** A page load with the size of its scripts in kB as sent: requested before it was hydrated or loaded, and in total. */
export type Load = PageFigures & { scripts: number; scriptsToUse: number };

/** A screen, and how slow its connection and processor are. */
export type Profile = {
  width: number;
  height: number;
  /** Milliseconds of a round trip, bits per second, and how many times slower than this machine. */
  slow: { roundTrip: number; bitsPerSecond: number; processor: number } | null;
};

export const desktop: Profile = { width: 1280, height: 900, slow: null };
export const phone: Profile = {
  width: 390,
  height: 844,
  slow: { roundTrip: 150, bitsPerSecond: 1_600_000, processor: 4 },
};

/** One load with a cold cache, until the network has been idle for a while. */
export async function loadCold(
  browser: Browser,
  url: string,
  selector: string,
  { width, height, slow }: Profile = desktop,
): Promise<Load> {
  const context = await browser.newContext({ viewport: { width, height } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const scripts = await listenForScripts(session);
    await slowDown(session, slow);
    // The compiler of this file names functions through a helper, which pages lack.
    await page.addInitScript("globalThis.__name = (named) => named");
    await page.addInitScript(observePage, selector);
    await page.goto(url, { waitUntil: "load" });
    await settle(page);
    const seen = await page.evaluate(() => window.benchSeen);
    const usable = Math.max(seen.loaded, Number.isFinite(seen.hydrated) ? seen.hydrated : 0);
    const weigh = (counts: (script: Script) => boolean) =>
      scripts.filter(counts).reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
    return {
      ...seen,
      scripts: weigh(() => true),
      scriptsToUse: weigh(({ at }) => at < usable),
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
    scripts.set(requestId, { at: (timestamp - start) * 1_000, bytes: 0 });
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

async function slowDown(session: CDPSession, slow: Profile["slow"]): Promise<void> {
  if (slow === null) return;
  const bytesPerSecond = slow.bitsPerSecond / 8;
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: slow.roundTrip,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: slow.processor });
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await pause(2_500);
}
