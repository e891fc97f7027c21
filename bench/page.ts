import type { Browser, CDPSession, Page } from "playwright";

import { serveBare } from "./support/bare-server";
import { openBrowser } from "./support/browser";
import { onStage, pause } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const loads = 5;

/** The smallest page that shows a number from a server. */
const barePage = `<!doctype html><html lang="en"><title>bare</title><p id="n">…</p>
<script>fetch("/status").then(r=>r.json()).then(s=>{document.getElementById("n").textContent=s.updated+" of 12"})</script>`;

type Load = {
  largestPaint: number;
  blocking: number;
  shift: number;
  requests: number;
  scriptsBefore: number;
  scriptsInAll: number;
};

/** One cold load of the endpoint page beside one of the bare page, in turn. */
export async function measurePage(): Promise<Row[]> {
  return onStage({ scenario: "stuck" }, async ({ rollcall }) => {
    const filler = "x".repeat(470);
    const bare = await serveBare((request, response) => {
      const isStatus = request.url === "/status";
      response.setHeader("content-type", isStatus ? "application/json" : "text/html");
      response.end(isStatus ? JSON.stringify({ updated: 7, filler }) : barePage);
    });
    const browser = await openBrowser();
    const ours: Load[] = [];
    const bares: Load[] = [];
    try {
      for (let nth = 0; nth < loads; nth += 1) {
        ours.push(await load(browser, `${rollcall.url}/endpoints/acme-qwen-3-32b`));
        bares.push(await load(browser, bare.url));
      }
    } finally {
      await browser.close();
      await bare.close();
    }
    const of = (all: readonly Load[], figure: keyof Load) => median(all.map((one) => one[figure]));
    const bareLargest = of(bares, "largestPaint");
    return [
      { what: "bare page, LCP", figure: bareLargest, unit: "ms" },
      {
        what: "endpoint page, LCP",
        figure: of(ours, "largestPaint"),
        unit: "ms",
        limit: 2 * bareLargest,
        beside: "Prometheus 276, Gatus 360, openstatus 680",
      },
      {
        what: "blocking",
        figure: of(ours, "blocking"),
        unit: "ms",
        limit: 50,
        beside: "Prometheus 0, Gatus 107, openstatus 348",
      },
      { what: "layout shift", figure: Math.max(...ours.map(({ shift }) => shift)), unit: "", limit: 0 },
      { what: "requests", figure: of(ours, "requests"), unit: "" },
      {
        what: "JavaScript before the chart's part, gzip",
        figure: of(ours, "scriptsBefore"),
        unit: "kB",
        limit: 171,
        beside: "Gatus 171, openstatus 530",
      },
      { what: "JavaScript in all, gzip", figure: of(ours, "scriptsInAll"), unit: "kB", limit: 275 },
    ];
  });
}

async function load(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const scripts = await countScripts(session);
  // The compiler that runs this file names functions through a helper that no page has.
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.addInitScript(observe);
  await page.goto(url, { waitUntil: "load" });
  await settle(page);
  const seen = await page.evaluate(() => window.benchSeen);
  await context.close();
  const startOfLate = seen.usable;
  const size = (since: (at: number) => boolean) =>
    scripts.filter(({ at }) => since(at)).reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
  return {
    largestPaint: seen.largestPaint,
    blocking: seen.blocking,
    shift: seen.shift,
    requests: seen.requests,
    scriptsBefore: size((at) => at < startOfLate),
    scriptsInAll: size(() => true),
  };
}

/** Scripts with their encoded size and when they were asked for, in milliseconds since navigation. */
async function countScripts(session: CDPSession): Promise<{ at: number; bytes: number }[]> {
  const scripts: { at: number; bytes: number }[] = [];
  const asked = new Map<string, { at: number; bytes: number }>();
  let start: number | null = null;
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ requestId, timestamp, type }) => {
    start ??= timestamp;
    if (type !== "Script") return;
    const script = { at: (timestamp - start) * 1_000, bytes: 0 };
    asked.set(requestId, script);
    scripts.push(script);
  });
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const script = asked.get(requestId);
    if (script !== undefined) script.bytes += encodedDataLength;
  });
  return scripts;
}

/** Until nothing has been loaded for a while. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await pause(1_500);
}

declare global {
  interface Window {
    benchSeen: { largestPaint: number; blocking: number; shift: number; requests: number; usable: number };
  }
}

/** Runs in the page, before anything else there. */
function observe(): void {
  const seen = { largestPaint: 0, blocking: 0, shift: 0, requests: 1, usable: Infinity };
  window.benchSeen = seen;
  const on = (type: string, take: (entry: PerformanceEntry) => void) => {
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  };
  on("largest-contentful-paint", (entry) => (seen.largestPaint = entry.startTime));
  on("longtask", (entry) => (seen.blocking += Math.max(0, entry.duration - 50)));
  on(
    "layout-shift",
    (entry) => (seen.shift += "value" in entry && typeof entry.value === "number" ? entry.value : 0),
  );
  on("resource", () => (seen.requests += 1));
  // From the load event on the page can be read and used; what is asked for later does not hold it up.
  addEventListener("load", () => (seen.usable = performance.now()));
}
