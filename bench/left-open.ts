import type { Browser, CDPSession } from "playwright";

import { Simulator } from "../e2e/support/simulator";
import { serveBare } from "./support/bare-server";
import { openBrowser } from "./support/browser";
import { pause, until } from "./support/pause";
import { besideSimulator } from "./support/stage";
import type { Row } from "./support/table";

const minute = 60_000;
const watched = { whole: minute, short: 20_000 };
/** After loading, until what loads late has been drawn. */
const settling = 8_000;

/** The one that moves in the second scenario. */
const endpointId = "initech-qwen-3-32b-021";
const pages = { endpoint: `/endpoints/${endpointId}`, "fleet of 40": "/", "wall of 40": "/wall" };

const cases = [
  { scenario: "fleet-40", words: "still", limit: 60 },
  { scenario: "fleet-40-rolling", words: "rolling", limit: 300 },
] as const;

/** A page that asks every five seconds, as ours do, and shows the answer. */
const barePage = `<!doctype html><html lang="en"><title>bare</title><p id="n">…</p><script>
const ask = () => fetch("/status").then((r) => r.json()).then((s) => { document.getElementById("n").textContent = s.at; });
ask(); setInterval(ask, 5000);</script>`;

/** What a page that is left open costs the main thread per minute, in CPU time: still, and while a rollout moves. */
export async function measureLeftOpen(isShort: boolean): Promise<Row[]> {
  const duration = isShort ? watched.short : watched.whole;
  const bare = await serveBare((request, response) => {
    const isStatus = request.url === "/status";
    response.setHeader("content-type", isStatus ? "application/json" : "text/html");
    response.end(isStatus ? JSON.stringify({ at: Date.now() }) : barePage);
  });
  const browser = await openBrowser();
  try {
    const rows: Row[] = [];
    for (const { scenario, words, limit } of cases) {
      const simulator = await Simulator.start({ scenario });
      try {
        await besideSimulator(simulator, await toSettings(simulator), async (rollcall) => {
          const endpoint = `${rollcall.url}/api/v1/endpoints/${endpointId}`;
          await until(async () => (await fetch(endpoint)).ok);
          const places = Object.entries(pages).map(([name, path]) => ({ name, url: rollcall.url + path }));
          const costs = await watch(browser, [...places, { name: "bare", url: bare.url }], duration);
          for (const cost of costs) rows.push(...toRows(cost, words, limit));
        });
      } finally {
        await simulator.stop();
      }
    }
    return rows;
  } finally {
    await browser.close();
    await bare.close();
  }
}

/** All endpoints of all organizations, at the intervals of a fresh installation: the journeys' are shorter. */
async function toSettings(simulator: Simulator) {
  return {
    CEREBRAS_ORG: undefined,
    ROLLCALL_ENDPOINTS: (await simulator.endpointIds()).join(","),
    ROLLCALL_POLL_ACTIVE_SECONDS: undefined,
    ROLLCALL_POLL_IDLE_SECONDS: undefined,
  };
}

type Cost = { name: string; task: number; script: number; styles: number; layouts: number };

/** Opens all pages, each in its own process, and compares their counters over `duration` milliseconds. */
async function watch(
  browser: Browser,
  places: readonly { name: string; url: string }[],
  duration: number,
): Promise<Cost[]> {
  const opened = await Promise.all(
    places.map(async ({ name, url }) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      // The time of the thread: other programs on the machine do not count.
      await session.send("Performance.enable", { timeDomain: "threadTicks" });
      await page.goto(url);
      return { name, context, session };
    }),
  );
  try {
    await pause(settling);
    const before = await Promise.all(opened.map(({ session }) => count(session)));
    await pause(duration);
    const after = await Promise.all(opened.map(({ session }) => count(session)));
    return opened.map(({ name }, nth) => {
      const perMinute = (counter: string) =>
        ((after[nth]?.get(counter) ?? NaN) - (before[nth]?.get(counter) ?? NaN)) * (minute / duration);
      return {
        name,
        task: 1_000 * perMinute("TaskDuration"),
        script: 1_000 * perMinute("ScriptDuration"),
        styles: perMinute("RecalcStyleCount"),
        layouts: perMinute("LayoutCount"),
      };
    });
  } finally {
    await Promise.all(opened.map(({ context }) => context.close()));
  }
}

async function count(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await session.send("Performance.getMetrics");
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

function toRows({ name, task, script, styles, layouts }: Cost, words: string, limit: number): Row[] {
  const what = `${name}, ${words}`;
  return [
    {
      what: `${what}: main thread per minute`,
      figure: task,
      unit: "ms",
      ...(name === "bare" ? {} : { limit }),
      peers: "bare 99, Gatus 46, Uptime Kuma 2,054, Headlamp 4,496, Netdata 24,727",
    },
    { what: `${what}: scripts alone`, figure: script, unit: "ms" },
    { what: `${what}: style recalculations`, figure: styles, unit: "" },
    { what: `${what}: layouts`, figure: layouts, unit: "" },
  ];
}
