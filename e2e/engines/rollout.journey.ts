import { change, enter, firstPassword, PASSWORD, SIGN_IN } from "../support/people";
import { Rollcall } from "../support/rollcall";
import { Simulator } from "../support/simulator";
import type { Tab } from "./tab";
import { expect, test } from "./test";

const ENDPOINT = "acme-qwen-3-32b";

/** How many cells of the roll call are filled, and how many there are. */
async function cells(tab: Tab): Promise<unknown> {
  return tab.evaluate(`[...document.querySelectorAll('main [role=img][aria-label$="replicas updated"] > *')]
    .map((cell) => (cell.firstElementChild?.getBoundingClientRect().width ?? 0) > cell.getBoundingClientRect().width / 2)
    .reduce(([filled, all], isFilled) => [filled + (isFilled ? 1 : 0), all + 1], [0, 0])`);
}

/** How many replicas of the rollout the simulator serves as updated. */
async function served(simulator: Simulator): Promise<number> {
  const changes = await simulator.changes();
  return Math.max(0, ...changes.map(({ updated }) => Number(updated)).filter((count) => count <= 12));
}

test("someone signs in, follows a rollout as it happens, and shares it with a stranger", async ({
  openTab,
}) => {
  const pictures: string[] = [];
  // The clock practically stands still, and the test advances it.
  const simulator = await Simulator.start({ scenario: "smooth", speed: 0.001 });
  const rollcall = await Rollcall.start(simulator, SIGN_IN);
  try {
    const tab = await openTab();
    const says = (words: RegExp) => expect.poll(() => tab.text("main")).toMatch(words);

    await test.step("signs in", async () => {
      await tab.open(`${rollcall.url}/endpoints/${ENDPOINT}?from=chat#events`);
      await expect.poll(() => tab.address()).toMatch(/\/sign-in\?to=.*#events$/);
      pictures.push(...(await tab.pictures("sign-in")));
      await tab.fill({ role: "textbox", name: "Account" }, "admin");
      await tab.fill({ role: "password", name: "Password" }, "a wrong one");
      await tab.click({ role: "button", name: "Sign in" });
      await says(/The account or the password is wrong/);
      await tab.fill({ role: "password", name: "Password" }, firstPassword(rollcall));
      await tab.click({ role: "button", name: "Sign in" });
      await tab.fill({ role: "password", name: "New password" }, PASSWORD);
      await tab.click({ role: "button", name: "Set password and sign in" });
      await expect.poll(() => tab.address()).toBe(`${rollcall.url}/endpoints/${ENDPOINT}?from=chat#events`);
    });

    await test.step("follows a rollout", async () => {
      await says(/v8 is waiting to start: 0 of 12 replicas updated/);
      expect(await cells(tab)).toEqual([0, 12]);
      const waiting = await tab.evaluate(`document.querySelector('link[rel="icon"]').href`);
      for (const advanceMs of [15_000, 20_000]) {
        await simulator.clock({ advanceMs });
        const updated = await served(simulator);
        await says(new RegExp(`v8 is .*: ${updated} of 12 replicas updated`));
        await expect.poll(() => cells(tab)).toEqual([updated, 12]);
      }
      await expect.poll(() => tab.title()).toContain(`${await served(simulator)}/12`);
      await expect.poll(() => tab.count("main figure .recharts-surface")).toBeGreaterThan(0);
      expect(await tab.evaluate(`document.querySelector('link[rel="icon"]').href`)).not.toBe(waiting);
      pictures.push(...(await tab.pictures("endpoint")));
    });

    const stranger = await openTab();
    await test.step("shares it with a stranger", async () => {
      await tab.click({ role: "button", name: "Share" });
      await tab.fill({ role: "textbox", name: "Label" }, "On call");
      await tab.click({ role: "button", name: "Create link" });
      await expect.poll(() => tab.text("dialog")).toMatch(/\/share\/[\w-]{43}/);
      pictures.push(...(await tab.pictures("share")));
      const url = /http\S+\/share\/[\w-]{43}/.exec(await tab.text("dialog"))?.[0] ?? "";
      await stranger.open(url);
      await expect.poll(() => stranger.text("main")).toContain(ENDPOINT);
      expect(await stranger.text("main")).toMatch(/Shared link “On call” · read only/);
      await simulator.clock({ advanceMs: 20_000 });
      const updated = await served(simulator);
      for (const each of [tab, stranger]) await expect.poll(() => cells(each)).toEqual([updated, 12]);
      pictures.push(...(await stranger.pictures("guest")));
      await tab.click({ role: "button", name: "Revoke On call" });
      await expect.poll(() => stranger.text("h1")).toMatch(/link is invalid or has expired/);
      expect(await stranger.text("main")).not.toContain(ENDPOINT);
    });

    await test.step("is signed out elsewhere", async () => {
      await tab.click({ role: "button", name: "Close" });
      const cookie = await enter(rollcall, "admin");
      await change(rollcall, "DELETE", "/api/v1/sessions", { headers: { cookie } });
      await expect.poll(() => tab.text("h1")).toMatch(/signed out/);
      expect(await tab.text("main")).not.toContain(ENDPOINT);
      pictures.push(...(await tab.pictures("signed-out")));
    });
    expect(pictures).toEqual([]);
  } finally {
    await rollcall.remove();
    await simulator.stop();
  }
});
