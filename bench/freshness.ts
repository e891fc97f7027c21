import { openBrowser } from "./support/browser";
import { onStage, pause } from "./support/stage";
import { quantile } from "./support/statistics";
import type { Row } from "./support/table";

const cadence = 2_000;
const endpointId = "acme-qwen-3-32b";

/** From a change at the simulator to the changed number in a browser. */
export async function measureFreshness(isShort: boolean): Promise<Row[]> {
  const changes = isShort ? 8 : 40;
  const settings = { ROLLCALL_POLL_ACTIVE_SECONDS: "2", ROLLCALL_POLL_IDLE_SECONDS: "2" };
  return onStage({ scenario: "stuck", settings }, async ({ simulator, rollcall }) => {
    const deployment = await currentDeployment(rollcall.url);
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`${rollcall.url}/endpoints/${endpointId}`);
      const delays: number[] = [];
      for (let nth = 0; nth < changes; nth += 1) {
        // Anywhere within the interval, by a fixed sequence that never falls into step with it.
        await pause((nth * 0.618034 * cadence) % cadence);
        const updated = nth % 2 === 0 ? 6 : 7;
        const seen = page.waitForFunction((title) => document.title.includes(title), `${updated}/12`, {
          polling: 10,
        });
        const { at } = await simulator.patchDeployment(endpointId, deployment, { updated_replicas: updated });
        await seen;
        delays.push(Date.now() - at);
      }
      const limit = cadence + 1 + 300;
      return [
        {
          what: `change to number on screen, ${changes} changes, p50`,
          figure: quantile(delays, 0.5),
          unit: "ms",
        },
        {
          what: `change to number on screen, ${changes} changes, p95`,
          figure: quantile(delays, 0.95),
          unit: "ms",
          limit,
        },
      ];
    } finally {
      await browser.close();
    }
  });
}

async function currentDeployment(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/endpoints/${endpointId}`);
  const view: unknown = await response.json();
  if (typeof view === "object" && view !== null && "current" in view && typeof view.current === "string")
    return view.current;
  throw new Error("The endpoint has no current deployment.");
}
