import { framesSeen, slowDown, watchFrames } from "../../e2e/support/frames";
import { openBrowser } from "../support/browser";
import { pause } from "../support/pause";
import { onStage } from "../support/stage";
import type { Row } from "../support/table";
import { desktop, openPage, untilFreshness } from "./open";

const watched = 60_000;
const endpointId = "acme-qwen-3-32b";

/** Frames in which two parts of the endpoint page disagree: 60 s of a rollout over a slow line, then an outage and back. */
export function measureAgreement(isShort: boolean): Promise<Row[]> {
  const speed = isShort ? 3 : 1;
  return onStage({ scenario: "demo", speed }, async ({ simulator, rollcall }) => {
    const browser = await openBrowser();
    try {
      const page = await openPage(browser, desktop);
      await watchFrames(page);
      await slowDown(page);
      await page.goto(`${rollcall.url}/endpoints/${endpointId}`);
      await untilFreshness(page, "live");
      await page.getByRole("button", { name: /table/ }).first().click();
      await pause(watched / speed);
      await simulator.fault({ kind: "status", status: 503 });
      await untilFreshness(page, "blind");
      await simulator.clearFaults();
      await untilFreshness(page, "live");
      await pause(watched / speed / 3);
      const { count, disagreements } = await framesSeen(page);
      console.log([`Disagreements:`, ...new Set(disagreements)].slice(0, 12).join("\n  "));
      return [
        { what: "frames watched, 250 ms late, the document 700 ms", figure: count, unit: "" },
        {
          what: "frames in which two parts of the page disagree",
          figure: disagreements.length,
          unit: "",
          limit: 0,
        },
      ];
    } finally {
      await browser.close();
    }
  });
}
