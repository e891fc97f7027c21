import { onFleet } from "../support/fleet-stage";
import { expect, test } from "./test";

const HD = { width: 1920, height: 1080 };
const PHONE = { width: 390, height: 844 };

/** Tiles whose content does not fit, or that are off the screen. */
const MISFITS = `[...document.querySelectorAll("main li")].filter((tile) => {
  const { bottom, right, top } = tile.getBoundingClientRect();
  return bottom > innerHeight + 3 || right > innerWidth + 3 || top < -3 || tile.scrollHeight > tile.clientHeight + 2;
}).map((tile) => tile.textContent)`;

const GROUND = `getComputedStyle(document.querySelector("main li")).backgroundColor`;

test("a wall fits its screen, and says when it is blind and when its server is down", async ({ openTab }) => {
  await onFleet({ size: 6, variation: "failing" }, async ({ rollcall, simulator }) => {
    const tab = await openTab();
    const heading = () => tab.text("h1");
    await tab.resize(HD);
    await tab.open(`${rollcall.url}/wall`);
    await expect.poll(heading).toBe("6 endpoints: 1 has failed.");
    await expect.poll(() => tab.count("main[data-freshness=live]")).toBe(1);
    expect(await tab.evaluate(MISFITS)).toEqual([]);
    expect(await tab.evaluate("document.documentElement.scrollHeight <= innerHeight")).toBe(true);
    const failed = await tab.evaluate(GROUND);
    expect(failed).not.toBe("rgba(0, 0, 0, 0)");
    expect(await tab.pictures("wall", [HD, PHONE])).toEqual([]);

    await simulator.fault({ kind: "status", status: 503 });
    await expect.poll(heading, { timeout: 60_000 }).toMatch(/^Blind since .*503/);
    await tab.resize(HD);
    expect(await tab.evaluate(GROUND)).toBe("rgba(0, 0, 0, 0)");
    expect(await tab.evaluate(MISFITS)).toEqual([]);
    expect(await tab.pictures("wall-blind", [HD, PHONE])).toEqual([]);

    await simulator.clearFaults();
    await expect.poll(heading, { timeout: 60_000 }).toBe("6 endpoints: 1 has failed.");
    await rollcall.kill("SIGKILL");
    await expect.poll(heading, { timeout: 60_000 }).toMatch(/^Rollcall’s server has not answered since/);
    await rollcall.restart();
    await expect.poll(heading, { timeout: 60_000 }).toBe("6 endpoints: 1 has failed.");
  });
});
