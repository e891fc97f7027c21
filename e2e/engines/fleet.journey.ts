import { Rollcall } from "../support/rollcall";
import { Simulator } from "../support/simulator";
import { expect, test } from "./test";

const ROWS = "main [role=row][data-state]";

test("someone finds an endpoint in the fleet, by list, filter and command menu", async ({ openTab }) => {
  const pictures: string[] = [];
  const simulator = await Simulator.start({ scenario: "fleet" });
  const rollcall = await Rollcall.start(simulator);
  try {
    const tab = await openTab();
    const rows = () => tab.count(ROWS);

    await test.step("reads the list", async () => {
      const reported = async () => (await fetch(`${rollcall.url}/api/v1/endpoints`)).text();
      await expect.poll(async () => (await reported()).match(/"observedAt":"/g)?.length).toBe(20);
      await tab.open(rollcall.url);
      await expect.poll(() => tab.text("h1")).toMatch(/20 endpoints: 1 has failed/);
      await expect.poll(() => tab.text("main")).toMatch(/Live, as of/);
      expect(await tab.evaluate(`document.querySelector("${ROWS}").dataset.state`)).toBe("error");
      expect(await rows()).toBe(3 + 12);
      pictures.push(...(await tab.pictures("fleet")));
    });

    await test.step("searches and filters", async () => {
      await tab.fill({ role: "searchbox", name: "Search" }, "qwen batch");
      await expect.poll(() => tab.address()).toMatch(/\?search=qwen%20batch$/);
      await expect.poll(rows).toBe(1);
      await tab.open(rollcall.url);
      await tab.click({ role: "link", name: "Failed 1" });
      await expect.poll(() => tab.address()).toMatch(/\?status=error$/);
      await expect.poll(rows).toBe(1);
      await tab.click({ role: "link", name: "Failed 1" });
      await expect.poll(rows).toBe(3 + 12);
      await tab.click({ role: "button", name: "View" });
      await expect.poll(() => tab.text("main details[open]")).toMatch(/Group by/);
      pictures.push(...(await tab.pictures("view")));
      await tab.press("Escape");
    });

    await test.step("opens the menu below its button", async () => {
      await tab.resize({ width: 1280, height: 800 });
      await tab.click({ role: "button", name: "Open access" });
      await expect.poll(() => tab.text("[popover]")).toMatch(/without signing in/);
      const [below, right] = String(
        await tab.evaluate(`(() => {
          const menu = document.querySelector("[popover]").getBoundingClientRect();
          const button = document.querySelector("[popovertarget]").getBoundingClientRect();
          return [menu.top - button.bottom, menu.right - button.right].join(" ");
        })()`),
      )
        .split(" ")
        .map(Number);
      expect(Math.abs(below ?? NaN)).toBeLessThanOrEqual(16);
      expect(Math.abs(right ?? NaN)).toBeLessThanOrEqual(16);
      pictures.push(...(await tab.pictures("menu")));
      await tab.click({ role: "button", name: "Dark" });
      await expect.poll(() => tab.evaluate("document.documentElement.dataset.theme")).toBe("dark");
      await tab.press("Escape");
    });

    await test.step("uses the command menu", async () => {
      await tab.press("Control", "k");
      await tab.fill({ role: "combobox", name: "Find endpoints, pages and actions" }, "support");
      await expect.poll(() => tab.count("dialog [role=option]")).toBeGreaterThan(0);
      pictures.push(...(await tab.pictures("find")));
      await tab.press("Enter");
      await expect.poll(() => tab.address()).toMatch(/\/endpoints\/acme-.*support/);
      await expect.poll(() => tab.text("h1")).not.toBe("");
      expect(await tab.evaluate("document.documentElement.dataset.theme")).toBe("dark");
    });
    expect(pictures).toEqual([]);
  } finally {
    await rollcall.remove();
    await simulator.stop();
  }
});
