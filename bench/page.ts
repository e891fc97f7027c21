import { serveBare } from "./support/bare-server";
import { openBrowser } from "./support/browser";
import { loadCold, type Load } from "./support/page-load";
import { until } from "./support/pause";
import { onStage } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const loads = 5;
/** A server that runs for weeks has compiled its code: its first pages cost more than later ones. */
const warmUps = 50;

/** The smallest page that shows a number from a server. */
const barePage = `<!doctype html><html lang="en"><title>bare</title><p id="n">…</p>
<script>fetch("/status").then(r=>r.json()).then(s=>{document.getElementById("n").textContent=s.updated+" of 12"})</script>`;

/** Cold loads of the endpoint page and of the bare page, in turn. */
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
    const browser = await openBrowser();
    const ours: Load[] = [];
    const bares: Load[] = [];
    try {
      for (let nth = 0; nth < loads; nth += 1) {
        ours.push(await loadCold(browser, url, "main h1"));
        bares.push(await loadCold(browser, bare.url, "#n"));
      }
    } finally {
      await browser.close();
      await bare.close();
    }
    const largest = new Set(ours.map((one) => one.largest));
    console.log(`Largest paint: ${[...largest].join(" or ")}.\n`);
    return [
      { what: "sentence, count or chart not in the first HTML", figure: lacking.length, unit: "", limit: 0 },
      ...toRows(ours, bares),
    ];
  });
}

async function read(url: string): Promise<string> {
  const response = await fetch(url);
  return response.text();
}

type Figure = Exclude<keyof Load, "largest">;

function toRows(ours: readonly Load[], bares: readonly Load[]): Row[] {
  const of = (all: readonly Load[], figure: Figure) => median(all.map((one) => one[figure]));
  const beside = (what: string, figure: Figure, more: Partial<Row> = {}): Row[] => {
    const bare = of(bares, figure);
    return [
      {
        ...{ what, figure: of(ours, figure), unit: "ms", ...more },
        ratio: { to: "bare", value: of(ours, figure) / bare },
      },
      { what: `${what} of the bare page`, figure: bare, unit: "ms" },
    ];
  };
  return [
    ...beside("first byte", "firstByte"),
    ...beside("LCP", "largestPaint", {
      limit: 2 * of(bares, "largestPaint"),
      peers: "bare 96, Prometheus 276–436, Gatus 360, openstatus 680, Uptime Kuma 1028",
    }),
    ...beside("data on screen", "data", {
      peers: "bare 114, Prometheus 201–520, Gatus 589, openstatus 676, Uptime Kuma 927",
    }),
    {
      what: "blocking",
      figure: of(ours, "blocking"),
      unit: "ms",
      limit: 50,
      peers: "Prometheus 0–80, Gatus 107, openstatus 348, Uptime Kuma 481",
    },
    {
      what: "layout shift, worst load",
      figure: Math.max(...ours.map(({ shift }) => shift)),
      unit: "",
      limit: 0,
    },
    {
      what: "requests",
      figure: of(ours, "requests"),
      unit: "",
      peers: "bare 2, Uptime Kuma 7, Gatus 10, Prometheus 10–28, openstatus 49",
    },
    {
      what: "JavaScript requested before the load event, gzip",
      figure: of(ours, "scriptsToLoad"),
      unit: "kB",
      limit: 171,
      peers: "Prometheus 58–234, Gatus 171, openstatus 530, Uptime Kuma 606",
    },
    {
      what: "JavaScript without the chart, gzip",
      figure: of(ours, "scriptsWithoutChart"),
      unit: "kB",
      limit: 171,
    },
    { what: "JavaScript in total, gzip", figure: of(ours, "scripts"), unit: "kB", limit: 275 },
  ];
}
