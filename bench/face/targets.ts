import { targetsOf } from "../../e2e/support/targets";
import { openBrowser } from "../support/browser";
import type { Row } from "../support/table";
import { onDemo } from "./demo-stage";
import { desktop, openPage, phone, untilSettled } from "./open";

const least = 24;

/** The smallest target of each page, on a desktop and on a phone. */
export function measureTargets(): Promise<Row[]> {
  return onDemo(1, async ({ rollcall }, { fleet, rolling, failed, rollout }) => {
    const places = {
      ...{ fleet, "rolling endpoint": rolling, "failed endpoint": failed, "rollout page": rollout },
      ...{ account: "/account", screens: "/screens", doctor: "/doctor", audit: "/audit", people: "/people" },
    };
    const browser = await openBrowser();
    const rows: Row[] = [];
    try {
      for (const viewport of [desktop, phone]) {
        const page = await openPage(browser, viewport);
        for (const [name, path] of Object.entries(places)) {
          await page.goto(`${rollcall.url}${path}`);
          await untilSettled(page);
          const targets = await targetsOf(page);
          const small = targets.filter(({ size }) => size < least);
          const what = `${name} ${viewport.width}`;
          rows.push({ what: `smallest target, ${what}`, figure: targets[0]?.size ?? NaN, unit: "px", least });
          if (small.length > 0)
            console.log(
              [`Too small, ${what}:`, ...small.map(({ size, element }) => `${size} ${element}`)].join("\n  "),
            );
        }
        await page.context().close();
      }
    } finally {
      await browser.close();
    }
    return rows;
  });
}
