import { openBrowser } from "./support/browser";
import { currentRollout } from "./support/current-rollout";
import { pause } from "./support/pause";
import { onStage } from "./support/stage";
import { quantile } from "./support/statistics";
import type { Row } from "./support/table";

const cadence = 2_000;
/** The server spreads viewers by a millisecond each; here is one viewer. */
const spread = 1;
const allowance = 300;
const endpointId = "acme-qwen-3-32b";

/** From a change at the simulator to the changed number in a browser. */
export async function measureFreshness(isShort: boolean): Promise<Row[]> {
  const changes = isShort ? 8 : 40;
  const seconds = String(cadence / 1_000);
  const settings = { ROLLCALL_POLL_ACTIVE_SECONDS: seconds, ROLLCALL_POLL_IDLE_SECONDS: seconds };
  return onStage({ scenario: "stuck", settings }, async ({ simulator, rollcall }) => {
    const { deploymentId } = await currentRollout(`${rollcall.url}/api/v1/endpoints/${endpointId}`);
    const browser = await openBrowser();
    const delays: number[] = [];
    try {
      const page = await browser.newPage();
      await page.goto(`${rollcall.url}/endpoints/${endpointId}`);
      await page.waitForFunction(() => document.querySelector(".recharts-surface") !== null);
      for (let nth = 0; nth < changes; nth += 1) {
        // Anywhere within the interval, by a fixed sequence that never synchronizes with it.
        await pause((nth * 0.618034 * cadence) % cadence);
        const updated = nth % 2 === 0 ? 6 : 7;
        const seen = page.waitForFunction(
          (text) => document.querySelector("main h1")?.textContent.includes(text) === true && Date.now(),
          `${updated} of 12 replicas`,
          { polling: "raf" },
        );
        const { at } = await simulator.patchDeployment(endpointId, deploymentId, {
          updated_replicas: updated,
        });
        delays.push(Number(await (await seen).jsonValue()) - at);
      }
    } finally {
      await browser.close();
    }
    const what = `change upstream to number on screen, ${changes} changes`;
    const limit = cadence + spread + allowance;
    return [
      { what: `${what}, p50`, figure: quantile(delays, 0.5), unit: "ms" },
      { what: `${what}, p95`, figure: quantile(delays, 0.95), unit: "ms", limit },
      { what: `${what}, longest`, figure: Math.max(...delays), unit: "ms" },
    ];
  });
}
