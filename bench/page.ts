import type { Browser } from "playwright";

import { serveBare } from "./support/bare-server";
import { openBrowser } from "./support/browser";
import { desktop, loadCold, phone, type Load, type Profile } from "./support/page-load";
import { until } from "./support/pause";
import { onStage } from "./support/stage";
import { median } from "./support/statistics";
import { serveStripped } from "./support/stripped-page";
import type { Row } from "./support/table";

const loads = 5;
/** A server that runs for weeks has compiled its code: its first pages cost more than later ones. */
const warmUps = 50;

/** The smallest page that shows a number from a server. */
const barePage = `<!doctype html><html lang="en"><title>bare</title><p id="n">…</p>
<script>fetch("/status").then(r=>r.json()).then(s=>{document.getElementById("n").textContent=s.updated+" of 12"})</script>`;

/**
 * Cold loads of the endpoint page, of the same page with its scripts taken out, and of the bare page, in turn, on a
 * desktop and on a slow phone.
 */
export async function measurePage(): Promise<Row[]> {
  return onStage({ scenario: "stuck" }, async ({ rollcall }) => {
    const url = `${rollcall.url}/endpoints/acme-qwen-3-32b`;
    const sentence = "5 of 12 replicas updated";
    await until(async () => (await read(url)).includes(sentence));
    const html = await read(url);
    const lacking = [/5 of 12 replicas updated/, /aria-label="5 of 12/, /<svg[^>]*>.*<path d=/s].filter(
      (part) => !part.test(html.replaceAll(/<script.*?<\/script>/gs, "")),
    );
    for (let nth = 0; nth < warmUps; nth += 1) await read(url);
    const filler = "x".repeat(470);
    const bare = await serveBare((request, response) => {
      const isStatus = request.url === "/status";
      response.setHeader("content-type", isStatus ? "application/json" : "text/html");
      response.end(isStatus ? JSON.stringify({ updated: 7, filler }) : barePage);
    });
    const stripped = await serveStripped(html);
    const browser = await openBrowser();
    const places: Place[] = [
      { name: "ours", url, selector: "main h1" },
      { name: "stripped", url: stripped.url, selector: "main h1" },
      { name: "bare", url: bare.url, selector: "#n" },
    ];
    try {
      const onDesktop = await loadInTurn(browser, places, desktop);
      const onPhone = await loadInTurn(browser, places, phone);
      const largest = new Set([...onDesktop.ours, ...onPhone.ours].map((one) => one.largest));
      console.log(`Largest paint: ${[...largest].join(" or ")}.\n`);
      return [
        {
          what: "sentence, count or chart not in the first HTML",
          figure: lacking.length,
          unit: "",
          limit: 0,
        },
        ...toDesktopRows(onDesktop),
        ...toPhoneRows(onPhone),
      ];
    } finally {
      await browser.close();
      await bare.close();
      await stripped.close();
    }
  });
}

type Name = "ours" | "stripped" | "bare";
type Place = { name: Name; url: string; selector: string };
type Loads = Record<Name, Load[]>;

/** Cold loads, one page after the other, so that a busy moment of the machine meets all of them. */
async function loadInTurn(browser: Browser, places: readonly Place[], profile: Profile): Promise<Loads> {
  const all: Loads = { ours: [], stripped: [], bare: [] };
  for (let nth = 0; nth < loads; nth += 1) {
    for (const { name, url, selector } of places)
      all[name].push(await loadCold(browser, url, selector, profile));
  }
  return all;
}

async function read(url: string): Promise<string> {
  const response = await fetch(url);
  return response.text();
}

type Figure = Exclude<keyof Load, "largest">;

function of(all: readonly Load[], figure: Figure): number {
  return median(all.map((one) => one[figure]));
}

/** A figure of ours as a multiple of the same of another page: at most `most` times. */
function beside(
  loads: Loads,
  what: string,
  figure: Figure,
  { to, most, ...more }: { to: "stripped" | "bare"; most?: number; peers?: string },
): Row[] {
  const [ours, theirs] = [of(loads.ours, figure), of(loads[to], figure)];
  const ratio = { to, value: ours / theirs, ...(most === undefined ? {} : { most }) };
  return [
    { what, figure: ours, unit: "ms", ratio, ...more },
    { what: `${what} of the ${to} page`, figure: theirs, unit: "ms" },
  ];
}

function toDesktopRows(loads: Loads): Row[] {
  return [
    ...beside(loads, "first byte", "firstByte", { to: "bare" }),
    ...beside(loads, "LCP", "largestPaint", {
      to: "stripped",
      most: 1.3,
      peers: "bare 96, Prometheus 276–436, Gatus 360, openstatus 680, Uptime Kuma 1028",
    }),
    ...beside(loads, "data on screen", "data", {
      to: "bare",
      peers: "bare 114, Prometheus 201–520, Gatus 589, openstatus 676, Uptime Kuma 927",
    }),
    {
      what: "blocking",
      figure: of(loads.ours, "blocking"),
      unit: "ms",
      limit: 50,
      peers: "Prometheus 0–80, Gatus 107, openstatus 348, Uptime Kuma 481",
    },
    {
      what: "layout shift, worst load",
      figure: Math.max(...loads.ours.map(({ shift }) => shift)),
      unit: "",
      limit: 0,
    },
    {
      what: "requests",
      figure: of(loads.ours, "requests"),
      unit: "",
      peers: "bare 2, Uptime Kuma 7, Gatus 10, Prometheus 10–28, openstatus 49",
    },
    {
      what: "JavaScript before the page can be used, gzip",
      figure: of(loads.ours, "scriptsToUse"),
      unit: "kB",
      limit: 150,
      peers: "Prometheus 58–234, Gatus 171, openstatus 530, Uptime Kuma 606",
    },
    { what: "JavaScript in total, gzip", figure: of(loads.ours, "scripts"), unit: "kB", limit: 250 },
  ];
}

/** How much later the largest paint comes than in the page without scripts counts as late. */
const lateAfter = 100;

function toPhoneRows(loads: Loads): Row[] {
  const gap = of(loads.stripped, "largestPaint") - of(loads.stripped, "firstPaint");
  const isLate = ({ firstPaint, largestPaint }: Load) => largestPaint - firstPaint > gap + lateAfter;
  return [
    ...beside(loads, "phone: FCP", "firstPaint", { to: "stripped", most: 1.25 }),
    ...beside(loads, "phone: FCP, once more", "firstPaint", { to: "bare", most: 2.5 }),
    { what: "phone: LCP", figure: of(loads.ours, "largestPaint"), unit: "ms" },
    {
      what: "phone: loads whose largest paint came late",
      figure: loads.ours.filter(isLate).length,
      unit: "",
      limit: 0,
    },
    { what: "phone: usable", figure: of(loads.ours, "hydrated"), unit: "ms" },
    { what: "phone: blocking", figure: of(loads.ours, "blocking"), unit: "ms", limit: 300 },
  ];
}
