import type { Page } from "@playwright/test";

import { onFleet, type FleetPlay } from "../support/fleet-stage";
import type { Simulator } from "../support/simulator";
import { expect, test } from "../support/test";
import { takeShots } from "./take-shots";

const sizes = [1, 6, 24, 60] as const;
const moods = ["quiet", "rolling", "failing", "blind"] as const;
const pages = { fleet: "/", wall: "/wall" } as const;

for (const size of sizes) {
  for (const mood of moods) {
    test(`fleet and wall of ${size}, ${mood}`, async ({ browser }) => {
      const variation: FleetPlay["variation"] = mood === "blind" ? "rolling" : mood;
      await onFleet({ size, variation }, async ({ simulator, rollcall }) => {
        if (mood === "blind") await blind(simulator, rollcall.url, size);
        for (const [name, path] of Object.entries(pages))
          await takeShots(
            browser,
            rollcall.url + path,
            `${name}-${size}-${mood}`,
            (page) => settled(page, mood === "blind"),
            { isWall: name === "wall" },
          );
      });
    });
  }
}

async function blind(simulator: Simulator, url: string, size: number): Promise<void> {
  await simulator.fault({ kind: "status", status: 503 });
  await expect
    .poll(
      async () =>
        (await (await fetch(`${url}/api/v1/endpoints`)).text()).match(/"freshness":\{"state":"blind"/g)
          ?.length,
      { timeout: 120_000 },
    )
    .toBe(size);
}

async function settled(page: Page, isBlind: boolean): Promise<void> {
  const heading = page.getByRole("heading", { level: 1 });
  await (isBlind
    ? expect(heading).toContainText("Blind since")
    : expect(heading).toContainText(/endpoints?[,:]/));
  await expect(page.locator("main li").first()).toBeVisible();
}
